using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flashduty.Lambda.Tests.Http;

/// <summary>What Flashduty takes as a standard alert event.</summary>
internal static partial class StandardAlert
{
    private static readonly string[] Members = ["event_status", "title_rule", "description", "alert_key", "labels"];

    /// <summary>Fails unless it is one, within every limit.</summary>
    public static void Check(JsonElement alert)
    {
        Assert.Equal(Members, alert.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Warning", Text(alert, "event_status"));
        Assert.InRange(Text(alert, "title_rule").Length, 1, 512);
        Assert.DoesNotContain('\n', Text(alert, "title_rule"));
        Assert.InRange(Text(alert, "description").Length, 1, 2048);
        Assert.Matches("^eventbridge:[0-9a-f]{32}$", Text(alert, "alert_key"));

        var labels = alert.GetProperty("labels").EnumerateObject().ToList();
        Assert.InRange(labels.Count, 1, 50);
        Assert.Equal(labels.Count, labels.Select(label => label.Name).Distinct().Count());
        foreach (var label in labels)
        {
            Assert.InRange(label.Name.Length, 1, 128);
            Assert.Matches(LabelName(), label.Name);
            Assert.InRange(label.Value.GetString()!.Length, 1, 2048);
        }
    }

    private static string Text(JsonElement alert, string name) => alert.GetProperty(name).GetString()!;

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
