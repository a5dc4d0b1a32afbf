using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.AlertRules;

/// <summary>What people ask of alerts from EventBridge in public threads, each a rule of a few lines.</summary>
public sealed class WishTests
{
    [Theory]
    [InlineData("a title of its fields", """ "title": "order {orderId} {state}" """, "order A-1 FAILED")]
    [InlineData("the severity first", """ "title": "{@severity} order {orderId}" """, "CRITICAL order A-1")]
    [InlineData("a word before the built-in title", """ "title": "[shop] {@title}" """, "[shop] CRITICAL")]
    [InlineData("the first member there is", """ "title": "{number || orderId}" """, "A-1")]
    [InlineData("another wording where a member is missing", """ "title": ["{missing}", "no number {orderId}"], "severity": "" """, "no number A-1")]
    [InlineData("a constant title", """ "title": "Orders are failing" """, "Orders are failing")]
    [InlineData("braces", """ "title": "{{{orderId}}}" """, "{A-1}")]
    [InlineData("an element of an array", """ "title": "{items[?sku == 'mug'] | [0].sku}" """, "mug")]
    [InlineData("all elements of an array", """ "title": "{items[].sku}" """, "tea, mug")]
    [InlineData("how many more", """ "title": "{items[0].sku} {more(items)}" """, "tea (+1 more)")]
    [InlineData("a rounded number", """ "title": "{round(amount)} USD" """, "12.5 USD")]
    [InlineData("a word that depends on a member", """ "title": "{customer.tier == 'gold' && 'VIP' || 'normal'}" """, "VIP")]
    [InlineData("another subject only", """ "subject": "order {orderId}", "state": "", "severity": "" """, "Order Failed: order A-1")]
    [InlineData("another state only", """ "subject": "{orderId}", "state": "{words(state)}", "severity": "" """, "Order Failed: A-1 failed")]
    [InlineData("a headline", """ "headline": "Checkout is broken", "subject": "", "state": "", "severity": "" """, "Checkout is broken")]
    [InlineData("a severity of the team's own", """ "severity": "low", "subject": "x" """, "LOW: Order Failed: x")]
    [InlineData("what is over", """ "closed": "{state == 'FAILED' && 'RESOLVED'}", "severity": "", "subject": "x" """, "RESOLVED: Order Failed: x")]
    [InlineData("the account", """ "title": "{@account} {@region} {orderId}" """, "123456789012 us-east-1 A-1")]
    public void Title_is_as_wished(string wish, string rule, string title)
    {
        Assert.NotEmpty(wish);
        Assert.StartsWith(title, Rules.Alert(File(rule), SampleAlertEvents.Order()).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a team to route on", """ "labels": { "team": "checkout" } """, "team", "checkout")]
    [InlineData("a label of a field", """ "labels": { "order": "{orderId}" } """, "order", "A-1")]
    [InlineData("a runbook", """ "labels": { "runbook": "https://wiki.example.com/{words(state)}" } """, "runbook", "https://wiki.example.com/failed")]
    [InlineData("a service of the team's own", """ "labels": { "service": "checkout" } """, "service", "checkout")]
    [InlineData("a person of Flashduty's, always", """ "labels": { "layer_person_reset_1": "42" } """, "layer_person_reset_1", "42")]
    [InlineData("a link to the team's own page", """ "link": "https://admin.example.com/o/{orderId}?by={customer.email}" """, "console_url", "https://admin.example.com/o/A-1?by=jane%40example.com")]
    [InlineData("a page of the console", """ "link": "/sqs/v3/home?region={@region}" """, "console_url", "https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=us-east-1")]
    [InlineData("the affected account", """ "account": "111122223333" """, "affected_account", "111122223333")]
    public void Label_is_as_wished(string wish, string rule, string name, string value)
    {
        Assert.NotEmpty(wish);
        Assert.Equal(value, Rules.Alert(File(rule), SampleAlertEvents.Order()).Label(name));
    }

    [Theory]
    [InlineData("\"customer.email\"", "jane@example.com")]
    [InlineData("\"customer\"", "gold")]
    [InlineData("\"items[].secretNote\"", "n2")]
    [InlineData("\"items\"", "mug")]
    public void Omitted_fields_are_nowhere(string path, string text)
    {
        var alert = Rules.Alert(File($"\"omit\": [{path}]"), SampleAlertEvents.Order());
        Assert.DoesNotContain(text, alert.Title + alert.Description + string.Join('\n', alert.Labels), StringComparison.Ordinal);
        Assert.Equal("A-1", alert.Label("detail_orderId"));
    }

    [Theory]
    [InlineData("Event")]
    [InlineData("Resource")]
    public void Key_merges_events_about_the_same_order_in_either_scope(string name)
    {
        var scope = Enum.Parse<AlertKeyScope>(name);
        var file = File(""" "key": ["orderId"] """);
        var other = SampleAlertEvents.Order(SampleAlertEvents.OrderDetail.Replace("A-1", "A-2", StringComparison.Ordinal));
        var repeat = SampleAlertEvents.Order(SampleAlertEvents.OrderDetail.Replace("FAILED", "LATE", StringComparison.Ordinal), "e-2");
        var key = Rules.Alert(file, SampleAlertEvents.Order(), scope).Key;
        Assert.Equal(key, Rules.Alert(file, repeat, scope).Key);
        Assert.NotEqual(key, Rules.Alert(file, other, scope).Key);
    }

    [Fact]
    public void Description_begins_with_the_sentence_of_the_rule() =>
        Assert.StartsWith("Order A-1: Card declined.", Rules.Alert(File(""" "description": "Order {orderId}: {reason}" """), SampleAlertEvents.Order()).Description, StringComparison.Ordinal);

    [Fact]
    public void Accounts_have_names_and_labels()
    {
        const string File = """
            { "accounts": { "123456789012": { "name": "shop-prod", "labels": { "team": "shop" } } },
              "alerts": [{ "if": [{ "key": "labels.team", "oper": "IN", "vals": ["shop"] }], "title": "{@accountName}: {orderId}", "severity": "" }] }
            """;
        var alert = Rules.Alert(File, SampleAlertEvents.Order());
        Assert.Equal("shop-prod: A-1", alert.Title);
        Assert.Equal("shop", alert.Label("team"));
        Assert.Equal("shop-prod", alert.Label("account_name"));
        Assert.Contains("account: shop-prod (123456789012)", alert.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_match_ends_unless_it_continues()
    {
        var alert = Rules.Alert(
            """
            { "alerts": [
              { "if": [{ "key": "labels.source", "oper": "IN", "vals": ["other"] }], "title": "never" },
              { "if": [], "title": "first", "labels": { "a": "1", "b": "1" }, "severity": "", "continue": true },
              { "if": [], "labels": { "b": "2" } },
              { "if": [], "title": "never" } ] }
            """,
            SampleAlertEvents.Order());
        Assert.Equal(("first", "1", "2"), (alert.Title, alert.Label("a"), alert.Label("b")));
    }

    private static string File(string rule) =>
        $$"""{ "alerts": [{ "if": [{ "key": "labels.source", "oper": "IN", "vals": ["com.example.*"] }], {{rule}} }] }""";
}
