using System.Text.Json.Nodes;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Tests.Normalization;

namespace Flashduty.Lambda.Tests.AlertRules;

/// <summary>No event's text becomes a template, a link's scheme or host, a label's name, or steers Flashduty, whatever a rule says.</summary>
public sealed class HostileEventTests
{
    private static readonly string[] Texts =
    [
        "[TPL]${source}", "[TPL]{{ .Labels.source }}", "$source::$account", "::$x", "{{ 1 }}", "${x}", "[ TPL ]", "[tpl]${a}", "{orderId}", "{@account}",
        "https://evil.example.org/", "//evil.example.org", "javascript:alert(1)", "@evil.example.org/", "../../..", "?a=b&c=d#e", "%2F%2e%2e", "a\\b", "\"><script>",
        "layer_person_reset_1", "layer_webhook_reset_url", "event_id", "source", "", " ", "\n\nline", "\u202Eevil", "\u200B", "\u0000", "\ud83d", "null", "true",
        "{\"a\":\"[TPL]${x}\"}", "[1,2,3]", "arn:aws:iam::1:role/[TPL]${x}", "$", "：：", "｛｛", "||", "'", "`", "a|b",
    ];

    private static readonly string[] Bodies =
    [
        """ "title": "{a}" """,
        """ "title": "{a}{a}", "severity": "{a}", "closed": "{a}" """,
        """ "headline": "{a}", "subject": "{a}", "state": "{a}" """,
        """ "title": "[{a}", "description": "{a}" """,
        """ "title": "${a}", "labels": { "x": "{a}", "runbook": "{a}" } """,
        """ "link": "https://admin.example.com/{a}" """,
        """ "link": "https://admin.example.com/?q={a}#{a}" """,
        """ "link": "/ec2/home?region={a}" """,
        """ "key": ["a"], "facts": ["a"] """,
        """ "account": "{a}", "region": "{a}", "omit": ["b"] """,
    ];

    public static TheoryData<int> Rule() => new(Enumerable.Range(0, Bodies.Length));

    [Theory]
    [MemberData(nameof(Rule))]
    public void Alert_stays_valid(int rule)
    {
        Assert.True(Texts.Length >= 40);
        var rules = Rules.Read($$"""{ "alerts": [{ "if": [], {{Bodies[rule]}} }] }""");
        Assert.False(rules.HasErrors);
        foreach (var text in Texts)
        {
            var detail = new JsonObject { ["a"] = JsonValue.Create(text), ["b"] = "c", [text.Length > 0 ? text : "x"] = 1 }.ToJsonString();
            var alert = Rules.Alert(rules, SampleEvents.Of("com.example", "Some Type", detail), out _);
            Normalization.AlertRules.Check(alert);
            Assert.DoesNotContain(alert.Labels, static label => label.Key.StartsWith("layer_", StringComparison.OrdinalIgnoreCase));
            if (Bodies[rule].Contains("link", StringComparison.Ordinal) && alert.Label("console_url") is { } url)
            {
                Assert.Contains(new Uri(url).Host, (string[])["admin.example.com", "us-east-1.console.aws.amazon.com"]);
            }
        }
    }

    [Fact]
    public void Empty_title_leaves_the_built_in_one_and_counts_as_an_error()
    {
        var rules = Rules.Read("""{ "alerts": [{ "if": [], "title": "{'\u200B'}" }] }""");
        var e = SampleAlertEvents.Order();
        var alert = Rules.Alert(rules, e, out var hasErrors);
        Assert.True(hasErrors);
        Assert.Equal(new Flashduty.Lambda.Normalization.Normalizer(AlertKeyOptions.Default).Normalize(e).Title, alert.Title);
    }
}
