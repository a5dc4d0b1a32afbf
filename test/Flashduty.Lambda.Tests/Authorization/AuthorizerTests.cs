using Flashduty.Lambda.Authorization;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Tests.Authorization;

public sealed class AuthorizerTests
{
    private static readonly Authorizer Authorizer = new(new StaticSecretStore(IntegrationSecret.Parse("""{"integration_key":"9f8e7d","payments":"3c2b1a"}""")));

    [Fact]
    public async Task The_key_is_accepted() =>
        Assert.Equal("3c2b1a", (await Authorizer.AuthorizeAsync("9f8e7d", Deadline.Never)).OrThrow().ChannelKey("payments"));

    public static TheoryData<string?> WrongKeys() =>
        new(null as string, "", " ", "9f8e7", "9f8e7d ", " 9f8e7d", "9F8E7D", "9f8e7e", "9f8e7d9f8e7d", "3c2b1a", "9f8e7\u0000", "ключ", new string('9', 10 * 1024));

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task Any_other_is_not_and_is_not_repeated(string? key)
    {
        var refusal = (await Authorizer.AuthorizeAsync(key, Deadline.Never)).Failure;
        Assert.Equal(ErrorCode.Unauthorized, refusal!.Code);
        Assert.DoesNotContain("9f8e7d", refusal.ToString(), StringComparison.Ordinal);
        Assert.True(string.IsNullOrWhiteSpace(key) || !refusal.Message.Contains(key, StringComparison.Ordinal));
    }
}
