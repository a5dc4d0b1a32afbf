using System.Globalization;
using System.Text;
using System.Text.Json;
using Kit;
using Kit.Servers;

namespace Flashduty.Lambda.Benchmarks.Wire;

/// <summary>What a user pays for: cold start, first event, warm event, processor time and memory, both services over TLS.</summary>
/// <remarks>
/// As in production but for the distance: certificates are checked against the machine's authorities, with one more for the services
/// here. The machine is noisy: the median of the cold starts counts, and several runs in turn.
/// </remarks>
internal static class WireBenchmark
{
    private const int ColdStarts = 15;
    private const int WarmEvents = 3000;
    private static readonly string[] MachineBundles = ["/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/certs/ca-certificates.crt"];
    private static readonly string[] Columns =
        ["ready_us", "first_us", "cold_us", "cold_cpu_ms", "warm_p50_us", "warm_p99_us", "cpu_us_per_invoke", "rss_mib"];

    /// <param name="executables">Measured one after the other.</param>
    public static int Run(IReadOnlyList<string> executables)
    {
        if (executables.Count == 0 || !OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("Usage, on Linux: wire PATH/bootstrap [PATH/bootstrap ...]");
            return 2;
        }

        var bundle = WriteBundle();
        using var services = new LoopbackServices(TestPki.Shared.Valid);
        Console.WriteLine(string.Concat(Columns.Select(column => column.PadLeft(18))));
        foreach (var executable in executables)
        {
            Console.WriteLine(Measure(executable, services.Url, bundle) + "  " + executable);
        }

        File.Delete(bundle);
        return 0;
    }

    private static string Measure(string executable, Uri services, string bundle)
    {
        var colds = Enumerable.Range(0, ColdStarts).Select(_ => FunctionProcess.Measure([executable], services, bundle, Events(1))).ToList();
        var warm = FunctionProcess.Measure([executable], services, bundle, Events(WarmEvents));
        var latencies = warm.Events.Skip(1).Select(time => time.TotalMicroseconds).Order().ToList();
        var cold = Median(colds.Select(run => run.Processor.TotalMicroseconds));
        var (ready, first) = (Median(colds.Select(run => run.Ready.TotalMicroseconds)), Median(colds.Select(run => run.Events[0].TotalMicroseconds)));
        double[] figures =
        [
            ready, first, ready + first, cold / 1000, latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100],
            (warm.Processor.TotalMicroseconds - cold) / (WarmEvents - 1), warm.PeakMemory / (1024d * 1024),
        ];
        return string.Concat(figures.Select(figure => figure.ToString("F1", CultureInfo.InvariantCulture).PadLeft(18)));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Function URL requests, each with another EC2 event.</summary>
    public static List<byte[]> Events(int count)
    {
        var sample = Repository.Read("test", "events", "ec2-instance-state-change.json");
        using var document = JsonDocument.Parse(sample);
        var id = document.RootElement.GetProperty("id").GetString()!;
        return [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetBytes(
            Payloads.UrlRequest(sample.Replace(id, $"00000000-0000-4000-8000-{i:x12}", StringComparison.Ordinal), LoopbackServices.IntegrationKey)))];
    }

    /// <summary>The machine's authorities, and the one of the services here.</summary>
    public static string WriteBundle()
    {
        var machine = MachineBundles.FirstOrDefault(File.Exists);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, (machine is null ? "" : File.ReadAllText(machine) + "\n") + TestPki.Shared.Root.ExportCertificatePem() + "\n");
        return path;
    }
}
