using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Tests.Json;

public sealed class JsonTextTests
{
    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\"", "")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("null", "")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("""{"a": "\u00e9"}""", """{"a": "\u00e9"}""")]
    [InlineData("""  "\u00e9\n\t\b\f\r\"\\\/" """, "é\n\t\b\f\r\"\\/")]
    [InlineData("\"\\\\u0041\"", "\\u0041")]
    [InlineData("\"\\\\ud83d\"", "\\ud83d")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud83d\"", "\uFFFD")]
    [InlineData("\"\\ude00\"", "\uFFFD")]
    [InlineData("\"a\\ud83db\"", "a\uFFFDb")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "\uFFFD😀")]
    [InlineData("\"\\ude00\\ud83d\"", "\uFFFD\uFFFD")]
    [InlineData("\"😀\\ud83d😀\"", "😀\uFFFD😀")]
    [InlineData("\"\\u0000\"", "\0")]
    public void A_value_has_text(string json, string text) => Assert.Equal(text, JsonText.Of(Parse(json)));

    [Theory]
    [InlineData("""{"a":0}""", "a")]
    [InlineData("""{"\u00e9":0}""", "é")]
    [InlineData("""{"\ud83d":0}""", "\uFFFD")]
    [InlineData("""{"x\ude00y":0}""", "x\uFFFDy")]
    [InlineData("""{"\ud83d\ude00":0}""", "😀")]
    public void A_name_has_text(string json, string text) => Assert.Equal(text, JsonText.NameOf(Parse(json).EnumerateObject().Single()));

    [Fact]
    public void Any_text_is_read_as_it_was_meant() =>
        Gen.Char.Array[0, 20].Sample(chars =>
        {
            // Escaped, every char may stand alone; .NET's own encoder replaces what cannot, as reading does.
            var escaped = string.Concat(chars.Select(c => $"\\u{(int)c:x4}"));
            var meant = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(chars));
            Assert.Equal(meant, JsonText.Of(Parse($"\"{escaped}\"")));
            Assert.Equal(meant, JsonText.NameOf(Parse($"{{\"{escaped}\":0}}").EnumerateObject().Single()));
        });
}
