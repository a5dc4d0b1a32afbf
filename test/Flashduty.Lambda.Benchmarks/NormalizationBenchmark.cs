using BenchmarkDotNet.Attributes;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Benchmarks;

/// <summary>An event's bytes to its alert.</summary>
[MemoryDiagnoser]
public class NormalizationBenchmark
{
    private readonly Normalizer _normalizer = new(AlertKeyOptions.Default);
    private byte[] _event = [];

    [Params("custom-order-failed", "ec2-instance-state-change", "guardduty-finding")]
    public string Event { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _event = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "events", Event + ".json"));

    [Benchmark]
    public object Normalize() => _normalizer.Normalize(EventReader.Read(_event).OrThrow());
}
