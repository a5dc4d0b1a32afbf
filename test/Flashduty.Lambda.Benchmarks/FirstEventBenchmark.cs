using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kit;
using Kit.Processes;

namespace Flashduty.Lambda.Benchmarks;

/// <summary>What regular expressions cost the native executable's first event: a routes file with three of them that run, against one
/// with wildcards. At most 1.5 ms and 1 MiB more. BenchmarkDotNet measures no process starts.</summary>
internal static class FirstEventBenchmark
{
    public const string Name = "first-event";

    private const int Starts = 31;

    private static readonly string[] Keys = ["title", "labels.resource", "description"];

    private static readonly string[] Wildcards = ["*outage*", "arn:aws:rds*", "*disk*"];

    // Each is looked at by its own case, and none has a literal text whose absence would spare the search.
    private static readonly string[] Expressions =
    [
        "/(?i)^[a-z]+[0-9]* [a-z -]+: .*[0-9]{3}$/",
        "/^arn:aws:ec2:[a-z0-9-]+:[0-9]{12}:(volume|snapshot)/",
        @"/[a-z]+-[0-9]{2,4}$|^\w+ \d+%/",
    ];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            (string Name, string File)[] variants =
                [("wildcards", Write(folder, "wildcards", Wildcards)), ("expressions", Write(folder, "expressions", Expressions))];
            var results = variants.ToDictionary(variant => variant.Name, _ => new List<Sample>());

            // In turn, so that whatever else the machine does burdens both alike.
            for (var i = 0; i < Starts; i++)
            {
                foreach (var (name, file) in variants)
                {
                    results[name].Add(await StartAsync(file));
                }
            }

            Console.WriteLine($"medians of {Starts} starts   start to answer    first event    peak memory");
            foreach (var (name, samples) in results)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-23} {Median(samples, s => s.Cold),12:F2} ms {Median(samples, s => s.First),11:F2} ms "
                    + $"{Median(samples, s => s.PeakMiB),10:F2} MiB"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(DirectoryInfo folder, string name, string[] values)
    {
        var file = Path.Combine(folder.FullName, name + ".json");
        var cases = Keys.Zip(values, (key, value) =>
            $$"""{"if":[{"key":"{{key}}","oper":"IN","vals":[{{JsonSerializer.Serialize(value)}}]}],"channels":["a"]}""");
        File.WriteAllText(file, $$"""{"cases":[{{string.Join(',', cases)}}],"default":{"channels":["integration_key"]} }""");
        return file;
    }

    private static async Task<Sample> StartAsync(string routes)
    {
        var start = Stopwatch.GetTimestamp();
        await using var sandbox = await Sandbox.StartAsync(("FLASHDUTY_ROUTES_FILE", routes));
        await sandbox.Lambda.Ready.Task;
        var ready = Stopwatch.GetTimestamp();
        var end = await sandbox.Lambda.InvokeAsync(Payloads.Event);
        var answered = Stopwatch.GetTimestamp();
        if (end.IsError || sandbox.Flashduty.Accepted.Count != 1)
        {
            throw new InvalidOperationException($"The event was not delivered: {end.Body} {sandbox.Output}");
        }

        var peak = File.ReadLines($"/proc/{sandbox.ProcessId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return new Sample(
            Stopwatch.GetElapsedTime(start, answered).TotalMilliseconds,
            Stopwatch.GetElapsedTime(ready, answered).TotalMilliseconds,
            long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0);
    }

    private static double Median(List<Sample> samples, Func<Sample, double> value) =>
        samples.Select(value).Order().ElementAt(samples.Count / 2);

    private sealed record Sample(double Cold, double First, double PeakMiB);
}
