using System.Text;
using BenchmarkDotNet.Attributes;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Benchmarks;

/// <summary>The largest routes: 100 cases of 5 conditions, of which only the last case matches.</summary>
[MemoryDiagnoser]
public class RoutingBenchmark
{
    private Alert _alert = null!;
    private IntegrationSecret _secret = null!;
    private Router _router = null!;

    /// <summary>What the conditions' values are.</summary>
    [Params("exact", "mixed")]
    public string Values { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var e = EventReader.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "events", "guardduty-finding.json"))).OrThrow();
        _alert = new Normalizer(AlertKeyOptions.Default).Normalize(e);
        _secret = IntegrationSecret.Parse("""{"integration_key":"own","a":"ka"}""");
        var cases = Enumerable.Range(0, 99).Select(i => Case(i, Values == "mixed")).Append("""{"if":[],"channels":["a"]}""");
        var routes = RoutesFileReader.Read(Encoding.UTF8.GetBytes($$"""{"cases":[{{string.Join(',', cases)}}]}"""), out var errors);
        _router = errors.Count == 0
            ? new Router(routes, new Log(Stream.Null, TimeProvider.System))
            : throw new InvalidOperationException(errors[0]);
    }

    [Benchmark]
    public object Route() => _router.Route(_alert, _secret);

    // Four conditions hold, so that all five are looked at.
    private static string Case(int number, bool isMixed) =>
        $$"""
        {"if":[
          {"key":"labels.source","oper":"IN","vals":["aws.ec2","{{(isMixed ? "aws.guard*" : "aws.guardduty")}}"]},
          {"key":"labels.region","oper":"NOTIN","vals":["eu-west-{{number}}"]},
          {"key":"labels.detail_severity","oper":"IN","vals":["{{(isMixed ? "num:ge:4" : "5")}}"]},
          {"key":"severity","oper":"IN","vals":["Warning"]},
          {"key":"labels.account","oper":"IN","vals":["{{number}}"]}
        ],"channels":["a"]}
        """;
}
