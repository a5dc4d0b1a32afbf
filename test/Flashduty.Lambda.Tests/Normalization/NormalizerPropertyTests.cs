using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Tests.Normalization;

public sealed class NormalizerPropertyTests
{
    private const int Iterations = 300;

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("", " ", "id", "name", "state", "status", "data", "items", "title", "a.b", "[0]", "arn:aws:ec2:us-east-1:1:instance/i-1", "arn:aws:::::", "arn:aws:ec2:::", "arn:aws:x:y:z:/", "null",
            "[TPL]${x}", "$a::$b", "\uD83D", "🔥", "\u202E", "\0", "\n", "2025-03-16T15:00:00Z", "Name/", ":*", "arn%3Aaws%3a%zz"),
        Gen.String[0, 20],
        Gen.String[0, 3000]);

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, json) =>
        depth > 4
            ? Gen.Const<JsonNode?>(() => null)
            : Gen.Frequency(
                (3, Texts.Select(text => (JsonNode?)JsonValue.Create(text))),
                (1, Gen.Double[-1e9, 1e9].Select(number => (JsonNode?)JsonValue.Create(number))),
                (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))),
                (1, Gen.Const<JsonNode?>(() => null)),
                (2, json.Array[0, 5].Select(items => (JsonNode?)new JsonArray(items))),
                (4, Gen.Select(Texts, json).Array[0, 8].Select(members => (JsonNode?)ObjectOf(members)))));

    private static readonly Gen<(string Source, string Type)> Types = Gen.OneOf(
        Gen.OneOf([.. SampleFiles.EventNames.Select(name => SampleEvents.Read(name)).Select(e => (e.Source, e.DetailType))]),
        Gen.Select(Texts, Texts));

    [Fact]
    public void Any_event_makes_a_valid_alert() =>
        Gen.Select(Types, Json, Texts.Array[0, 4], Gen.Select(Texts, Texts, Texts, Texts)).Sample((types, json, resources, envelope) =>
            Check(new EventBridgeEvent(envelope.Item1, types.Source, types.Type, envelope.Item2, envelope.Item3, envelope.Item4, resources, Element(json))), iter: Iterations);

    [Fact]
    public void Any_change_to_a_sample_event_makes_a_valid_alert() =>
        Gen.Select(Gen.OneOf([.. SampleFiles.EventNames]), Gen.Int[0, 10_000], Json).Sample((name, place, json) =>
        {
            var e = SampleEvents.Read(name);
            var detail = JsonNode.Parse(Encoding.UTF8.GetBytes(e.Detail.GetRawText()));
            Mutate(detail, place, json);
            Check(e with { Detail = Element(detail) });
        }, iter: Iterations);

    [Fact]
    public void Any_text_put_into_a_sample_event_that_is_still_JSON_makes_a_valid_alert() =>
        Gen.Select(Gen.OneOf([.. SampleFiles.EventNames]), Gen.Int[0, 10_000], Gen.OneOf("\\ud83d", "\\u0000", "$", "[TPL]", "::", "\\n", "")).Sample((name, place, text) =>
        {
            var e = SampleEvents.Read(name);
            var json = e.Detail.GetRawText();
            try
            {
                Check(e with { Detail = JsonDocument.Parse(Encoding.UTF8.GetBytes(json.Insert(place % json.Length, text))).RootElement });
            }
            catch (JsonException)
            {
                // No JSON any more.
            }
        }, iter: Iterations);

    [Theory]
    [InlineData("{\"a\":", "}", "1", 60)]
    [InlineData("[", "]", "{}", 62)]
    public void A_deep_event_makes_a_valid_alert(string open, string close, string innermost, int depth) =>
        Check(SampleEvents.Of("acme", "Deep", string.Concat(Enumerable.Repeat(open, depth)) + innermost + string.Concat(Enumerable.Repeat(close, depth))));

    [Theory]
    [InlineData("{},")]
    [InlineData("[],")]
    [InlineData("null,")]
    [InlineData("\"\",")]
    [InlineData("{\"id\":1,\"state\":\"x\"},")]
    [InlineData("[[[]]],")]
    public void A_huge_event_makes_a_valid_alert_in_no_time(string element)
    {
        var json = "{\"items\":[" + string.Concat(Enumerable.Repeat(element, 900_000 / element.Length)) + "null]}";
        var e = SampleEvents.Of("acme", "Huge", json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Check(e);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * 1024 * 1024);
    }

    private static void Check(EventBridgeEvent e)
    {
        foreach (var options in new[] { AlertKeyOptions.Default, AlertKeyOptions.Default with { Scope = AlertKeyScope.Resource } })
        {
            var alert = new Normalizer(options).Normalize(e);
            AlertRules.Check(alert);
            var again = new Normalizer(options).Normalize(e);
            Assert.Equal((alert.Title, alert.Description, alert.Key), (again.Title, again.Description, again.Key));
            Assert.Equal(alert.Labels, again.Labels);
        }
    }

    private static JsonObject ObjectOf((string Name, JsonNode? Value)[] members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private static void Mutate(JsonNode? node, int place, JsonNode? replacement)
    {
        if (node is JsonObject { Count: > 0 } members)
        {
            var (name, value) = members.ElementAt(place % members.Count);
            if (value is JsonObject or JsonArray && place % 3 != 0)
            {
                Mutate(value, place / 2, replacement);
            }
            else
            {
                members[name] = replacement?.DeepClone();
            }
        }
        else if (node is JsonArray { Count: > 0 } items)
        {
            Mutate(items[place % items.Count], place / 2, replacement);
        }
    }

    private static JsonElement Element(JsonNode? node) => JsonDocument.Parse(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null")).RootElement;
}
