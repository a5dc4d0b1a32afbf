using System.Text;
using CsCheck;
using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Tests.Explanation;

public sealed class RoutePreviewTests
{
    private const string X = """{"key":"labels.x","oper":"IN","vals":["1"]}""";
    private const string Y = """{"key":"labels.y","oper":"IN","vals":["1"]}""";

    private static readonly IntegrationSecret Secret = IntegrationSecret.Parse("""{"integration_key":"own","a":"ka","b":"kb","c":"kc"}""");

    private static readonly Gen<string> Cases = Gen.Select(
        AnyOf("[]", $"[{X}]", $"[{Y}]", $"[{X},{Y}]", $"[[{X}],[{Y}]]", """[{"key":"labels.x","oper":"NOTIN","vals":["*"]}]"""),
        AnyOf("\"a\"", "\"b\"", "\"nobody\"", "\"a\",\"c\"", "\"integration_key\""),
        AnyOf("true", "false"),
        (conditions, channels, fallthrough) => $$"""{"if":{{conditions}},"channels":[{{channels}}],"fallthrough":{{fallthrough}}}""");

    private static readonly Gen<Alert> Alerts = Gen.Select(AnyOf("x", "y", "team"), AnyOf("1", "2", "a", ""), KeyValuePair.Create)
        .Array[0, 3]
        .Select(labels => new Alert("title", "description", "eventbridge:k", [.. labels.DistinctBy(label => label.Key)]));

    [Fact]
    public void The_preview_agrees_with_the_router() => Gen.Select(Cases.Array[1, 6], Alerts).Sample((cases, alert) =>
    {
        var text = $$"""{"cases":[{{string.Join(',', cases)}}],"default":{"channels":["c"]} }""";
        var routes = RoutesFileReader.Read(Encoding.UTF8.GetBytes(text), out _);
        var previews = RoutePreview.Explain(routes, alert);
        var named = previews.Where(preview => preview.Outcome == CaseOutcome.Matched).SelectMany(preview => preview.Case.Channels).ToList();
        var channels = new Router(routes, new Log(Stream.Null, TimeProvider.System)).Route(alert, Secret).Select(channel => channel.Name).ToList();

        return previews.Count == cases.Length
            && previews.All(preview => (preview.Outcome == CaseOutcome.NotMatched) == (preview.Failed.Count > 0))
            && (named.Count == 0 ? channels is ["c"] : named.Where(name => name != "nobody").All(channels.Contains));
    });

    private static Gen<T> AnyOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
