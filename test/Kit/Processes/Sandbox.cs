using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Kit.Servers;
using Kit.Services;

namespace Kit.Processes;

/// <summary>How a sandbox is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Secrets Manager's address; null to give the integration key in a setting.</summary>
    public Uri? SecretsManager { get; init; }

    /// <summary>How many requests for an event the Runtime API hangs up on.</summary>
    public int HangUps { get; init; }

    /// <summary>Flashduty's certificate; null for plain HTTP.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Leaves standard output unread, so that its pipe fills up.</summary>
    public bool LeavesOutputUnread { get; init; }

    /// <summary>On top of the usual environment variables; null takes one away.</summary>
    public IReadOnlyList<(string Name, string? Value)> Settings { get; init; } = [];
}

/// <summary>A Lambda sandbox: the native executable between a Runtime API, a Flashduty and, if given, a Secrets Manager.</summary>
public sealed partial class Sandbox : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigStop = 19;
    private const int SigCont = 18;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private Sandbox(ProcessStartInfo start, bool leavesOutputUnread)
    {
        _process = Process.Start(start)!;
        _reading = leavesOutputUnread
            ? ReadAsync(_process.StandardError)
            : Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    public RuntimeApi Lambda { get; private init; } = null!;

    public FlashdutyServer Flashduty { get; private init; } = null!;

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything written so far to standard output and standard error.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<Sandbox> StartAsync(params (string Name, string? Value)[] settings) =>
        Start(await NativeExecutable.GetPathAsync(), new SandboxOptions { Settings = settings });

    public static async Task<Sandbox> StartAsync(SandboxOptions options) => Start(await NativeExecutable.GetPathAsync(), options);

    public static Sandbox Start(string executable, SandboxOptions options)
    {
        var (lambda, flashduty) = (new RuntimeApi(options.HangUps), new FlashdutyServer(options.Certificate));
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        var environment = start.Environment;
        foreach (var name in environment.Keys.Where(name => name.StartsWith("FLASHDUTY_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            environment.Remove(name);
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = lambda.Url.Authority;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = "test";
        environment["AWS_REGION"] = "us-east-1";
        environment["AWS_ACCESS_KEY_ID"] = "test";
        environment["AWS_SECRET_ACCESS_KEY"] = "test";
        environment["AWS_SESSION_TOKEN"] = "token";
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["SSL_CERT_FILE"] = TestPki.Shared.BundlePath;
        environment["FLASHDUTY_API_BASE_URL"] = flashduty.Url.ToString();
        if (options.SecretsManager is null)
        {
            environment["FLASHDUTY_INTEGRATION_KEY"] = Payloads.Key;
        }
        else
        {
            environment["FLASHDUTY_SECRET_ID"] = Moto.SecretId;
            environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = options.SecretsManager.ToString();
        }

        foreach (var (name, value) in options.Settings)
        {
            environment.Remove(name);
            if (value is not null)
            {
                environment[name] = value;
            }
        }

        return new Sandbox(start, options.LeavesOutputUnread) { Lambda = lambda, Flashduty = flashduty };
    }

    /// <summary>Asks the process to end, as Lambda does.</summary>
    public void Terminate() => Signal(SigTerm);

    /// <summary>Stops the process as Lambda freezes a sandbox: it does not run until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    public void Kill() => _process.Kill();

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await _reading;
        return _process.ExitCode;
    }

    private void Signal(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
        await Lambda.DisposeAsync();
        await Flashduty.DisposeAsync();
    }
}
