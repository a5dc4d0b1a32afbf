using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Tests.Routing;

/// <summary>Routes an alert by a document, and tells where it went and what was logged.</summary>
internal sealed class RouterFixture : IDisposable
{
    private readonly MemoryStream _log = new();
    private readonly Router _router;

    public RouterFixture(string routes)
    {
        var parsed = RoutesFileReader.Read(Encoding.UTF8.GetBytes(routes), out var errors);
        Assert.Empty(errors);
        _router = new Router(parsed, new Log(_log, TimeProvider.System));
    }

    public static IntegrationSecret Secret { get; } =
        IntegrationSecret.Parse("""{"integration_key":"own","a":"ka","b":"kb","c":"kc","also-a":"ka"}""");

    public string Logged => Encoding.UTF8.GetString(_log.ToArray());

    public static Alert Alert(params (string Name, string Value)[] labels) =>
        new("the title", "the description", "eventbridge:k", [.. labels.Select(label => KeyValuePair.Create(label.Name, label.Value))]);

    public string[] Route(Alert alert) => [.. _router.Route(alert, Secret).Select(channel => channel.Name)];

    public string[] Route(params (string Name, string Value)[] labels) => Route(Alert(labels));

    /// <summary>Whether one condition on <c>labels.x</c> holds; null for a label that is not there.</summary>
    public static bool Holds(string oper, string[] values, string? label)
    {
        var routes = $$"""
            {
              "cases": [ { "if": [ { "key": "labels.x", "oper": "{{oper}}", "vals": {{JsonSerializer.Serialize(values)}} } ], "channels": ["a"] } ],
              "default": { "channels": ["b"] }
            }
            """;
        using var bench = new RouterFixture(routes);
        return bench.Route(label is null ? [] : [("x", label)]) is ["a"];
    }

    public void Dispose() => _log.Dispose();
}
