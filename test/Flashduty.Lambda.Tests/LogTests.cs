using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Limits;
using Flashduty.Lambda.Logging;

namespace Flashduty.Lambda.Tests;

public sealed class LogTests
{
    /// <summary>Standard output whose reader is gone.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }

    private static string Message(string message)
    {
        using var stream = new MemoryStream();
        new Log(stream, TimeProvider.System).Error(message);
        using var line = JsonDocument.Parse(stream.ToArray());
        return line.RootElement.GetProperty("message").GetString()!;
    }

    [Fact]
    public void Output_that_cannot_be_written_to_throws_nothing()
    {
        using var stream = new BrokenStream();
        new Log(stream, TimeProvider.System).Error("message");
    }

    [Fact]
    public void Message_is_cut_at_its_limit()
    {
        var message = Message(new string('x', 1_000_000));
        Assert.Equal(SizeLimits.LogMessage, message.Length);
        Assert.EndsWith("…", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u202Eb", "ab")] // right-to-left override
    [InlineData("a\u2066b\u2069", "ab")] // isolates
    [InlineData("a\u200Bb\u200Cc\u200Dd\uFEFF", "abcd")] // of no width
    [InlineData("a\U000E0041\U000E007Fb", "ab")] // tags
    [InlineData("a\u0000b\u001Bc\u0085d", "a b c d")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("line\n\tline", "line\n\tline")]
    [InlineData("é 告警 🔥", "é 告警 🔥")]
    public void Invisible_characters_are_not_logged(string message, string expected) => Assert.Equal(expected, Message(message));

    [Fact]
    public void Any_text_is_bounded_and_valid() =>
        Gen.Select(Gen.String, Gen.Int[2, 50]).Sample((text, length) =>
        {
            var clean = LogText.Clean(text, length);
            Assert.InRange(clean.Length, 0, length);
            Assert.Equal(clean, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
            Assert.DoesNotContain(clean, c => char.IsControl(c));
        });
}
