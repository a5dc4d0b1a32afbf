using BenchmarkDotNet.Running;
using Flashduty.Lambda.Benchmarks;

if (args is [PageBenchmark.Name])
{
    return await PageBenchmark.RunAsync();
}

BenchmarkSwitcher.FromTypes([typeof(RoutingBenchmark), typeof(NormalizationBenchmark)]).Run(args);
return 0;
