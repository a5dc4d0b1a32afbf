using System.Text.RegularExpressions;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>What holds for every alert, whatever event it is of.</summary>
internal static partial class AlertRules
{
    public static void Check(Alert alert)
    {
        Assert.InRange(alert.Title.Length, 1, 512);
        Assert.DoesNotContain('\n', alert.Title);
        Assert.DoesNotContain('$', alert.Title);
        Assert.DoesNotContain("{{", alert.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("::", alert.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("[TPL]", alert.Title, StringComparison.OrdinalIgnoreCase);
        CheckText(alert.Title);

        Assert.InRange(alert.Description.Length, 1, 2048);
        CheckText(alert.Description.Replace("\n", "", StringComparison.Ordinal));

        Assert.Matches("^eventbridge:[0-9a-f]{32}$", alert.Key);

        Assert.InRange(alert.Labels.Count, 0, 50);
        Assert.Equal(alert.Labels.Count, alert.Labels.Select(label => label.Key).Distinct(StringComparer.Ordinal).Count());
        foreach (var (name, value) in alert.Labels)
        {
            Assert.False(name.StartsWith("layer_", StringComparison.Ordinal), name);
            Assert.InRange(name.Length, 1, 128);
            Assert.Matches(LabelName(), name);
            Assert.InRange(value.Length, 1, 2048);
            CheckText(value);
        }
    }

    private static void CheckText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            Assert.False(char.IsControl(text[i]), $"U+{(int)text[i]:X4}");
            Assert.False(text[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\u200B' or '\uFEFF' or '\uDB40', $"U+{(int)text[i]:X4}");
            if (char.IsHighSurrogate(text[i]))
            {
                Assert.True(i + 1 < text.Length && char.IsLowSurrogate(text[++i]));
            }
            else
            {
                Assert.False(char.IsLowSurrogate(text[i]));
            }
        }
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
