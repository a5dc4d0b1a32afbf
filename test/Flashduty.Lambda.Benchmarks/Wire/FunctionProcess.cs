using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flashduty.Lambda.Benchmarks.Wire;

/// <summary>What one run of an executable cost.</summary>
/// <param name="Ready">From the start of the process to its first request for an event.</param>
/// <param name="Events">From each event's hand-out to its answer.</param>
/// <param name="Processor">User and system time of the whole process.</param>
/// <param name="PeakMemory">Peak resident memory in bytes.</param>
internal sealed record Run(TimeSpan Ready, IReadOnlyList<TimeSpan> Events, TimeSpan Processor, long PeakMemory);

/// <summary>Starts an executable as Lambda does, and hands it events.</summary>
internal static class FunctionProcess
{
    /// <param name="command">The executable; before it, what runs it.</param>
    /// <param name="endsItself">Whether it is asked to end (SIGTERM) instead of killed, so that a tool around it can report.</param>
    /// <param name="isOffline">Whether it runs without Secrets Manager and Flashduty, whose time limits a slow tool around it would miss.</param>
    /// <param name="events">Handed out one after the other, each as soon as the one before is answered.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not answer with status 200.</exception>
    public static Run Measure(IReadOnlyList<string> command, Uri services, string bundlePath, IReadOnlyList<byte[]> events, bool endsItself = false, bool isOffline = false)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables(((IPEndPoint)listener.LocalEndpoint).Port, services, bundlePath))
        {
            start.Environment[name] = value;
        }

        if (isOffline)
        {
            start.Environment["FLASHDUTY_DRY_RUN"] = "true";
            start.Environment["FLASHDUTY_INTEGRATION_KEY"] = LoopbackServices.IntegrationKey;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is { } text ? text + "\n" : "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = listener.AcceptTcpClient();
            client.NoDelay = true;
            using var stream = client.GetStream();
            var requests = new RequestReader(stream);
            Expect(requests.Read() && requests.StartsWith("GET "u8), "did not ask for an event");
            var ready = clock.Elapsed;

            var latencies = new List<TimeSpan>(events.Count);
            for (var i = 0; i < events.Count; i++)
            {
                var handed = clock.Elapsed;
                stream.Write(Next(i, events[i]));
                Expect(requests.Read() && requests.Contains("\"statusCode\":200"u8), "did not deliver an event");
                latencies.Add(clock.Elapsed - handed);
                stream.Write("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}"u8);
                Expect(requests.Read(), "did not ask for another event");
            }

            return new Run(ready, latencies, Processor(process.Id), PeakMemory(process.Id));
        }
        finally
        {
            if (endsItself)
            {
                Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            }
            else
            {
                process.Kill();
            }

            process.WaitForExit();
        }
    }

    private static void Expect(bool isAsExpected, string otherwise)
    {
        if (!isAsExpected)
        {
            throw new InvalidOperationException($"The executable {otherwise}.");
        }
    }

    private static Dictionary<string, string> Variables(int port, Uri services, string bundlePath) => new()
    {
        ["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{port}",
        ["AWS_LAMBDA_FUNCTION_NAME"] = "benchmark",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = services.ToString(),
        ["FLASHDUTY_SECRET_ID"] = "flashduty/eventbridge",
        ["FLASHDUTY_API_BASE_URL"] = services.ToString(),
        ["SSL_CERT_FILE"] = bundlePath,
        ["SSL_CERT_DIR"] = "/nonexistent",
    };

    private static byte[] Next(int number, byte[] payload)
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: r-{number}\r\nLambda-Runtime-Deadline-Ms: {deadline}\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:111122223333:function:benchmark\r\nContent-Length: {payload.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. payload];
    }

    /// <summary>To the nanosecond, where .NET's own figure counts in ticks of 10 ms.</summary>
    private static TimeSpan Processor(int process) => TimeSpan.FromMicroseconds(
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .Sum(thread => long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture)) / 1000d);

    private static long PeakMemory(int process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ')[^2],
        CultureInfo.InvariantCulture);
}
