using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Tests.Normalization.Values;

public sealed class TextSanitizerTests
{
    [Theory]
    [InlineData("a\u202Eb\u202C", "ab")]
    [InlineData("a\u2066b\u2069\u200E\u200F\u061C", "ab")]
    [InlineData("pass\u200Bword\u2060\uFEFF\u00AD\u180E", "password")]
    [InlineData("pa\u200Dss\u200Cword", "password")]
    [InlineData("tag\U000E0041\U000E007F\U000E0100", "tag")]
    [InlineData("filler\u3164\u115F\uFFA0\u034F", "filler")]
    [InlineData("line\u2028break\u0085here\r\nand\ttab", "line break here and tab")]
    [InlineData("bell\u0007 esc\u001b[31m", "bell esc[31m")]
    [InlineData("👩\u200D🚀 and نمی\u200Cخواهم", "👩\u200D🚀 and نمی\u200Cخواهم")]
    [InlineData("e\u0301 ❤️ 🏴 über 主机", "e\u0301 ❤️ 🏴 über 主机")]
    public void Characters_that_hide_or_reorder_text_are_removed(string text, string clean) =>
        Assert.Equal(clean, TextSanitizer.OneLine(text, 200));
}
