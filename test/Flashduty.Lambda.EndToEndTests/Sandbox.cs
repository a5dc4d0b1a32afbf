using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Flashduty.Lambda.EndToEndTests;

/// <summary>A Lambda sandbox: the executable between a Runtime API, a Flashduty and, if given, a Secrets Manager.</summary>
internal sealed partial class Sandbox : IAsyncDisposable
{
    public const string Key = "key0123456789abcdef";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private Sandbox(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public RuntimeApi Lambda { get; private init; } = null!;

    public FlashdutyServer Flashduty { get; private init; } = null!;

    /// <summary>All it wrote so far to standard output and standard error.</summary>
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

    public static Sandbox Start(string executable, string? secretsManager, params (string Name, string? Value)[] settings) =>
        Start(executable, secretsManager, 0, settings);

    /// <param name="secretsManager">Its address; null to give the key in a setting.</param>
    /// <param name="hangUps">How often the Runtime API hangs up on who asks for an event.</param>
    /// <param name="settings">On top of the usual ones; null takes one away.</param>
    public static Sandbox Start(string executable, string? secretsManager, int hangUps, params (string Name, string? Value)[] settings)
    {
        var (lambda, flashduty) = (new RuntimeApi { HangUps = hangUps }, new FlashdutyServer());
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLASHDUTY_") || name.StartsWith("AWS_")).ToList())
        {
            start.Environment.Remove(name);
        }

        Set("AWS_LAMBDA_RUNTIME_API", lambda.Address["http://".Length..]);
        Set("AWS_LAMBDA_FUNCTION_NAME", "test");
        Set("AWS_REGION", "us-east-1");
        Set("AWS_ACCESS_KEY_ID", "test");
        Set("AWS_SECRET_ACCESS_KEY", "test");
        Set("AWS_SESSION_TOKEN", "token");
        Set("AWS_EC2_METADATA_DISABLED", "true");
        Set("FLASHDUTY_API_BASE_URL", flashduty.Address);
        if (secretsManager is null)
        {
            Set("FLASHDUTY_INTEGRATION_KEY", Key);
        }
        else
        {
            Set("FLASHDUTY_SECRET_ID", Moto.SecretId);
            Set("AWS_ENDPOINT_URL_SECRETS_MANAGER", secretsManager);
        }

        foreach (var (name, value) in settings)
        {
            Set(name, value);
        }

        return new Sandbox(Process.Start(start)!) { Lambda = lambda, Flashduty = flashduty };

        void Set(string name, string? value)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }
    }

    public void Terminate() => Assert.Equal(0, Kill(_process.Id, 15));

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await _reading;
        return _process.ExitCode;
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

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
        Assert.DoesNotContain(Key, Output); // whatever happened, no key was logged
    }
}
