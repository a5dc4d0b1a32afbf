using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kit;

/// <summary>The rules for every alert: Flashduty's limits for a standard alert event, and what the function promises on top.</summary>
public static partial class StandardAlert
{
    private static readonly string[] Members = ["event_status", "title_rule", "description", "alert_key", "labels"];

    /// <summary>Fails unless the body of a request to Flashduty is a valid alert.</summary>
    public static void Check(JsonElement alert)
    {
        Assert.Equal(Members, alert.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Warning", Text("event_status"));
        Check(
            Text("title_rule"), Text("description"), Text("alert_key"),
            alert.GetProperty("labels").EnumerateObject().Select(label => KeyValuePair.Create(label.Name, label.Value.GetString()!)));

        string Text(string name) => alert.GetProperty(name).GetString()!;
    }

    /// <summary>Fails unless an alert of these parts is valid.</summary>
    public static void Check(string title, string description, string key, IEnumerable<KeyValuePair<string, string>> labels)
    {
        Assert.InRange(title.Length, 1, 512);
        CheckText(title);

        // Flashduty evaluates templates in a title.
        Assert.DoesNotContain('$', title);
        Assert.DoesNotContain("{{", title, StringComparison.Ordinal);
        Assert.DoesNotContain("::", title, StringComparison.Ordinal);
        Assert.DoesNotContain("[TPL]", title, StringComparison.OrdinalIgnoreCase);

        Assert.InRange(description.Length, 1, 2048);
        CheckText(description.Replace("\n", "", StringComparison.Ordinal));

        Assert.Matches(AlertKey(), key);

        var all = labels.ToList();
        Assert.InRange(all.Count, 1, 50);
        Assert.Equal(all.Count, all.Select(label => label.Key).Distinct(StringComparer.Ordinal).Count());
        foreach (var (name, value) in all)
        {
            Assert.False(name.StartsWith("layer_", StringComparison.Ordinal), name); // steers Flashduty
            Assert.InRange(name.Length, 1, 128);
            Assert.Matches(LabelName(), name);
            Assert.InRange(value.Length, 1, 2048);
            CheckText(value);
        }
    }

    /// <summary>No control characters, no characters that are invisible or turn the direction of writing, no half of a surrogate pair.</summary>
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

    [GeneratedRegex("^eventbridge:[0-9a-f]{32}$")]
    private static partial Regex AlertKey();
}
