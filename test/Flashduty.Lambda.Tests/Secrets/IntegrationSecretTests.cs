using CsCheck;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Tests.Secrets;

public sealed class IntegrationSecretTests
{
    [Theory]
    [InlineData("9fAZ-_.~+=")]
    [InlineData("  9fAZ-_.~+=\r\n")]
    [InlineData("""{"integration_key":"9fAZ-_.~+="}""")]
    [InlineData("""{ "integration_key": " 9fAZ-_.~+= " }""")]
    [InlineData("""{"integration_key":"old","integration_key":"9fAZ-_.~+="}""")]
    public void The_key_is_the_text_or_an_entry(string text)
    {
        var secret = IntegrationSecret.Parse(text);
        Assert.Equal("9fAZ-_.~+=", secret.IntegrationKey);
        Assert.Empty(secret.ChannelNames);
        Assert.Empty(secret.BadEntries);
    }

    [Fact]
    public void Every_other_entry_is_a_channel()
    {
        var secret = IntegrationSecret.Parse("""{"payments":"3c","integration_key":"9f","Payments":" a1 ","数据库":"d0"}""");
        Assert.Equal("9f", secret.IntegrationKey);
        Assert.Equal(["payments", "Payments", "数据库"], secret.ChannelNames);
        Assert.Equal(("3c", "a1", "d0"), (secret.ChannelKey("payments"), secret.ChannelKey("Payments"), secret.ChannelKey("数据库")));
        Assert.Null(secret.ChannelKey("PAYMENTS"));
        Assert.Null(secret.ChannelKey("integration_key"));
    }

    [Fact]
    public void An_entry_that_is_no_key_is_no_channel_and_is_named() =>
        Assert.Equal(
            ["number", "none", "empty", "spaces", "object", "url"],
            IntegrationSecret.Parse(
                """{"integration_key":"9f","number":7,"none":null,"empty":"","spaces":"a b","object":{"a":"b"},"url":"https://x/?k=1","good":"a1"}""").BadEntries);

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("{", "not the JSON it begins as")]
    [InlineData("""{"integration_key":"sEcReT",}""", "not the JSON it begins as")]
    [InlineData("""{"integration_key":sEcReT}""", "not the JSON it begins as")]
    [InlineData("\"sEcReT", "not the JSON it begins as")]
    [InlineData("\"sEcReT\"", "JSON but no map")]
    [InlineData("""["sEcReT"]""", "JSON but no map")]
    [InlineData("{}", "no \"integration_key\"")]
    [InlineData("""{"Integration_Key":"sEcReT"}""", "no \"integration_key\"")]
    [InlineData("""{"integration_key":""}""", "is no key")]
    [InlineData("""{"integration_key":null}""", "is no key")]
    [InlineData("""{"integration_key":7}""", "is no key")]
    [InlineData("""{"integration_key":{"a":"sEcReT"}}""", "is no key")]
    [InlineData("""{"integration_key":"sEcReT sEcReT"}""", "is no key")]
    [InlineData("https://api.flashcat.cloud/event/push/alert/aws-eventbridge?integration_key=sEcReT", "is no key")]
    [InlineData("sEcReT\r\nX-Injected: 1", "is no key")]
    [InlineData("sEcReT\u0000", "is no key")]
    [InlineData("sEcReTé", "is no key")]
    public void A_bad_secret_says_what_to_do_and_never_what_it_holds(string? text, string why)
    {
        var message = Assert.Throws<FormatException>(() => IntegrationSecret.Parse(text)).ToString();
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain("sEcReT", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_is_no_exception_of_its_own()
    {
        Assert.Throws<FormatException>(() => IntegrationSecret.Parse("""{"integration_key":"\ud83d"}"""));
        Assert.Equal("9f", IntegrationSecret.Parse("""{"\ud83d":"a1","integration_key":"9f"}""").IntegrationKey);
    }

    [Fact]
    public void Any_text_is_a_secret_or_a_format_exception() =>
        Gen.OneOf(Gen.String, Gen.String.Select(text => "{" + text), Gen.String.Select(text => $"{{\"integration_key\":\"{text}\"}}")).Sample(text =>
        {
            try
            {
                Assert.NotEmpty(IntegrationSecret.Parse(text).IntegrationKey);
            }
            catch (FormatException)
            {
                // As it should be.
            }
        });
}
