using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.TestUtilities;
using Flashduty.Lambda.Http;
using Flashduty.Lambda.Logging;
using Kit;
using Kit.Servers;

namespace Flashduty.Lambda.Benchmarks.Wire;

/// <summary>Counters of an executable that do not depend on the machine's speed, against the limits in <c>cost-limits.json</c>.</summary>
internal static class CostGuard
{
    private const int Events = 500;

    /// <returns>0 if every counter is within its limit, else 1.</returns>
    public static async Task<int> RunAsync(string executable)
    {
        var limits = JsonSerializer.Deserialize<Dictionary<string, long>>(
            Repository.Read("test", "Flashduty.Lambda.Benchmarks", "Wire", "cost-limits.json"))!;
        var bundle = WireBenchmark.WriteBundle();
        using var services = new LoopbackServices(TestPki.Shared.Valid);
        var isWithin = Check("executable_bytes", new FileInfo(executable).Length);
        isWithin &= Check("allocated_bytes_of_a_warm_event", await AllocatedBytesAsync(services.Url, bundle));
        var (calls, opened) = SystemCalls(executable, services.Url, bundle);
        isWithin &= Check("system_calls_of_a_cold_start", calls);
        isWithin &= Check("files_opened_at_a_cold_start", opened);
        isWithin &= Check("instructions_of_a_dry_run", Instructions(executable, services.Url, bundle));
        File.Delete(bundle);
        return isWithin ? 0 : 1;

        bool Check(string name, long value)
        {
            Console.WriteLine($"{name,-34}{value,14:N0}  limit {limits[name],14:N0}{(value > limits[name] ? "  EXCEEDED" : "")}");
            return value <= limits[name];
        }
    }

    /// <summary>In this process, since the executable does not tell; the services here allocate next to nothing.</summary>
    private static async Task<long> AllocatedBytesAsync(Uri services, string bundle)
    {
        var settings = new Settings { IntegrationKey = LoopbackServices.IntegrationKey, ApiBaseUrl = services };
        var function = FunctionFactory.Create(settings, new Log(Stream.Null, TimeProvider.System), TimeProvider.System, new SystemTrust(bundle, "/nonexistent"));
        await function.InitializeAsync();
        var events = WireBenchmark.Events(2 * Events);
        await InvokeAsync(events[..Events]);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await InvokeAsync(events[Events..]);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Events;

        async Task InvokeAsync(IEnumerable<byte[]> payloads)
        {
            foreach (var payload in payloads)
            {
                using var input = new MemoryStream(payload, 0, payload.Length, writable: false, publiclyVisible: true);
                var context = new TestLambdaContext { AwsRequestId = "r", FunctionName = "f", RemainingTime = TimeSpan.FromSeconds(30) };
                await using var output = await function.HandleAsync(input, context);
            }
        }
    }

    private static (long All, long Opened) SystemCalls(string executable, Uri services, string bundle)
    {
        var report = Path.GetTempFileName();

        // -D: the traced process is the child, so that it can be asked to end.
        FunctionProcess.Measure(["strace", "-D", "-f", "-c", "-o", report, executable], services, bundle, WireBenchmark.Events(1), endsItself: true);
        SpinWait.SpinUntil(() => File.ReadAllText(report).Contains("total", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        var rows = File.ReadAllLines(report).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length >= 5).ToList();
        File.Delete(report);

        // How often threads wait for each other depends on the machine's load.
        return (Calls("total") - Calls("futex") - Calls("sched_yield"), Calls("openat"));

        // "% time, seconds, usecs/call, calls, errors, syscall"
        long Calls(string name) =>
            rows.Find(row => row[^1] == name) is { } found ? long.Parse(found[3], CultureInfo.InvariantCulture) : 0;
    }

    private static long Instructions(string executable, Uri services, string bundle)
    {
        var report = Path.GetTempFileName();
        FunctionProcess.Measure(
            ["valgrind", "--tool=callgrind", "-q", $"--callgrind-out-file={report}", executable], services, bundle, WireBenchmark.Events(1), endsItself: true,
            isOffline: true);
        var total = File.ReadLines(report).Single(line => line.StartsWith("totals: ", StringComparison.Ordinal));
        File.Delete(report);
        return long.Parse(total["totals: ".Length..], CultureInfo.InvariantCulture);
    }
}
