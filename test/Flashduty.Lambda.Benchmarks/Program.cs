using BenchmarkDotNet.Running;
using Flashduty.Lambda.Benchmarks;
using Flashduty.Lambda.Benchmarks.Wire;

// "wire PATH/bootstrap" measures an executable; "guard PATH/bootstrap" checks its counters against their limits.
switch (args)
{
    case ["wire", .. var executables]:
        return WireBenchmark.Run(executables);
    case ["guard", var executable]:
        return await CostGuard.RunAsync(executable);
    case [PageBenchmark.Name]:
        return await PageBenchmark.RunAsync();
    case [FirstEventBenchmark.Name]:
        await FirstEventBenchmark.RunAsync();
        return 0;
}

BenchmarkSwitcher.FromTypes([typeof(RoutingBenchmark), typeof(NormalizationBenchmark), typeof(RegexBenchmark)]).Run(args);
return 0;
