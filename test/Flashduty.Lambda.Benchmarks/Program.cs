using BenchmarkDotNet.Running;
using Flashduty.Lambda.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(RoutingBenchmark), typeof(NormalizationBenchmark)]).Run(args);
