using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The function, and around it what Lambda, Secrets Manager and Flashduty are elsewhere.</summary>
internal sealed class LocalFunction : IAsyncDisposable
{
    /// <summary>The secret where nobody gives one: the key that test/events/invoke and env.json have, and channels to try routes with.</summary>
    private const string LocalSecret = """
        {
          "integration_key": "local-integration-key",
          "dba": "local-dba-key",
          "payments": "local-payments-key",
          "platform": "local-platform-key"
        }
        """;

    private const string KeyVariable = "FLASHDUTY_INTEGRATION_KEY";
    private const string RoutesVariable = "FLASHDUTY_ROUTES_FILE";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly Function _function;
    private readonly FlashdutySimulator? _flashduty;

    // Lambda gives an instance one invocation at a time, and the function is written for that.
    private readonly SemaphoreSlim _turn = new(1);

    private LocalFunction(Function function, IntegrationSecret secret, FlashdutySimulator? flashduty)
    {
        _function = function;
        _flashduty = flashduty;
        Secret = secret;
    }

    public IntegrationSecret Secret { get; }

    /// <param name="isReal">Send to Flashduty itself and not to a stand-in.</param>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    /// <exception cref="SettingsException">A variable is bad or missing.</exception>
    public static async Task<LocalFunction> StartAsync(bool isReal, Func<string, string?> variable, Terminal terminal)
    {
        var given = variable(KeyVariable) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        if (isReal && given is null)
        {
            throw new SettingsException($"{KeyVariable} is not set: --real sends with the integration key in it.");
        }

        var settings = ReadSettings(given ?? LocalSecret, variable);
        var secret = IntegrationSecret.Parse(settings.IntegrationKey);
        var flashduty = isReal ? null : await FlashdutySimulator.StartAsync(secret, terminal);
        if (flashduty is not null)
        {
            settings = settings with { ApiBaseUrl = flashduty.Address };
        }

        var log = new Log(new FunctionLog(terminal, isReal), TimeProvider.System);
        var function = FunctionFactory.Create(settings, log, TimeProvider.System);
        await function.InitializeAsync();
        return new LocalFunction(function, secret, flashduty);
    }

    /// <summary>Invokes the function as Lambda would, when it is done with the invocation before.</summary>
    /// <exception cref="IntegrationException">The function threw it: Lambda would retry, then dead-letter.</exception>
    public async Task<Stream> InvokeAsync(Stream payload, string requestId)
    {
        await _turn.WaitAsync();
        try
        {
            return await _function.HandleAsync(payload, new LocalLambdaContext(requestId, TimeLimit, TimeProvider.System));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_flashduty is not null)
        {
            await _flashduty.DisposeAsync();
        }

        _turn.Dispose();
    }

    private static Settings ReadSettings(string secret, Func<string, string?> variable) => Settings.FromEnvironment(name => name switch
    {
        KeyVariable => secret,

        // A person names a file from where they are; the function, from where its executable is.
        RoutesVariable when variable(name)?.Trim() is { Length: > 0 } file => Path.GetFullPath(file),
        _ => variable(name),
    });
}
