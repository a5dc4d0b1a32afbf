using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The function, and around it what Lambda, Secrets Manager and Flashduty are elsewhere.</summary>
internal sealed class LocalFunction : IAsyncDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // Lambda gives an instance one invocation at a time, and the function is written for that.
    private readonly SemaphoreSlim _turn = new(1);

    private readonly LocalSettings _settings;
    private readonly Terminal _terminal;

    private Function _function = null!;
    private RecordedInvocation? _invocation;

    private LocalFunction(LocalSettings settings, Terminal terminal)
    {
        _settings = settings;
        _terminal = terminal;
        Log = new Log(new FunctionLog(terminal, settings.IsReal, line => _invocation?.Add(line)), TimeProvider.System);
        Secret = IntegrationSecret.Parse(settings.Secret);
        Rules = settings.ReadRules(Log);
    }

    public IntegrationSecret Secret { get; private set; }

    public Rules Rules { get; private set; }

    public AlertStore Alerts { get; } = new();

    /// <summary>The function's log, which is also the terminal's.</summary>
    public Log Log { get; }

    /// <summary>Null where alerts go to Flashduty itself.</summary>
    public FlashdutySimulator? Flashduty { get; private set; }

    /// <summary>Null where the key comes from a setting alone.</summary>
    public SecretsManagerSimulator? SecretsManager { get; private set; }

    /// <exception cref="SettingsException">A variable is bad or missing.</exception>
    public static async Task<LocalFunction> StartAsync(LocalSettings settings, Terminal terminal)
    {
        var function = new LocalFunction(settings, terminal);
        if (!settings.IsReal)
        {
            function.Flashduty = await FlashdutySimulator.StartAsync(function.Secret, function.Pushed);
        }

        if (settings.SimulatesSecretsManager)
        {
            function.SecretsManager = await SecretsManagerSimulator.StartAsync(settings.Secret);
        }

        await function.StartInstanceAsync();
        return function;
    }

    /// <summary>Invokes the function as Lambda would, when it is done with the invocation before.</summary>
    /// <exception cref="IntegrationException">The function threw it: Lambda would retry, then dead-letter.</exception>
    public async Task<Stream> InvokeAsync(Stream payload, string requestId)
    {
        await _turn.WaitAsync();
        try
        {
            using var copy = new MemoryStream();
            await payload.CopyToAsync(copy);
            copy.Position = 0;
            var invocation = new RecordedInvocation(requestId, copy.ToArray(), TimeProvider.System);
            _invocation = invocation;
            return await InvokeAsync(copy, invocation);
        }
        finally
        {
            _invocation = null;
            _turn.Release();
        }
    }

    /// <summary>Uses these rules from the next invocation on.</summary>
    public async Task ApplyAsync(Rules rules)
    {
        await _turn.WaitAsync();
        try
        {
            Rules = rules;
            await StartInstanceAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts a new instance, which knows no secret yet: a cold start.</summary>
    public Task RestartAsync() => ApplyAsync(Rules);

    /// <summary>Rotates the secret. The function finds out by itself.</summary>
    public void RotateSecret()
    {
        SecretsManager!.Rotate();
        Secret = IntegrationSecret.Parse(SecretsManager.Current);
        Flashduty?.Know(Secret);
    }

    public async ValueTask DisposeAsync()
    {
        if (Flashduty is not null)
        {
            await Flashduty.DisposeAsync();
        }

        if (SecretsManager is not null)
        {
            await SecretsManager.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<Stream> InvokeAsync(Stream payload, RecordedInvocation invocation)
    {
        try
        {
            using var response = new MemoryStream();
            var context = new LocalLambdaContext(invocation.RequestId, TimeLimit, TimeProvider.System);
            await using var result = await _function.HandleAsync(payload, context);
            await result.CopyToAsync(response);
            var utf8 = response.ToArray();
            Record(invocation, InvocationAnswer.From(utf8));
            return new MemoryStream(utf8);
        }
        catch (IntegrationException exception)
        {
            Record(invocation, InvocationAnswer.From(exception));
            throw;
        }
    }

    private void Record(RecordedInvocation invocation, InvocationAnswer answer)
    {
        foreach (var delivery in new Recorder(Rules, Secret, TimeProvider.System).Record(invocation, answer))
        {
            Alerts.Add(delivery);
        }
    }

    private Task StartInstanceAsync()
    {
        var settings = _settings.ForFunction(Flashduty?.Address, SecretsManager is not null);
        var router = new Router(Rules.Routes, Log);
        _function = LocalEnvironment.With(
            SecretsManager?.Address,
            () => FunctionFactory.Create(settings, Rules.Alerts, router, Log, TimeProvider.System));
        return _function.InitializeAsync();
    }

    private void Pushed(FlashdutyPush push)
    {
        _invocation?.Add(push);
        if (push is { Status: 200, Alert: { } alert })
        {
            var note = push.Times > 1 ? $"merged: alert key received {push.Times} times" : null;
            _terminal.WriteAlert(alert, push.Channel, note);
        }
    }
}
