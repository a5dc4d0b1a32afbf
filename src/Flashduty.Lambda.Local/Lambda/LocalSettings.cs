using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Local.Recording;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The function's settings, and those that only a local run has.</summary>
internal sealed class LocalSettings
{
    public const string KeyVariable = "FLASHDUTY_INTEGRATION_KEY";

    /// <summary>The secret if none is given: the key that test/events/invoke and env.json have, and channels to try routes with.</summary>
    private const string BuiltInSecret = """
        {
          "integration_key": "local-integration-key",
          "dba": "local-dba-key",
          "payments": "local-payments-key",
          "platform": "local-platform-key"
        }
        """;

    private const string RoutesVariable = "FLASHDUTY_ROUTES_FILE";
    private const string AlertsVariable = "FLASHDUTY_ALERTS_FILE";

    private readonly Settings _settings;

    private LocalSettings(Settings settings, bool isReal, bool hasBuiltInKey)
    {
        _settings = settings;
        IsReal = isReal;
        HasBuiltInKey = hasBuiltInKey;
    }

    /// <summary>Whether alerts go to Flashduty itself.</summary>
    public bool IsReal { get; }

    /// <summary>Whether the integration key is the one that anybody knows.</summary>
    public bool HasBuiltInKey { get; }

    /// <summary>Whether the secret is read from a simulated Secrets Manager, so that its faults and rotations can be tried.</summary>
    public bool SimulatesSecretsManager { get; init; }

    /// <summary>The secret's text.</summary>
    public string Secret => _settings.IntegrationKey!;

    /// <summary>Full path; null for a private integration.</summary>
    public string? RoutesFile => _settings.RoutesFileIsRequired || File.Exists(_settings.RoutesFile) ? _settings.RoutesFile : null;

    /// <param name="isReal">Send to Flashduty itself.</param>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    /// <param name="simulatesSecretsManager">Read the secret from a simulated Secrets Manager.</param>
    /// <exception cref="SettingsException">A variable is bad or missing.</exception>
    public static LocalSettings FromEnvironment(bool isReal, Func<string, string?> variable, bool simulatesSecretsManager = false)
    {
        var given = variable(KeyVariable) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        if (isReal && given is null)
        {
            throw new SettingsException($"{KeyVariable} is not set: --real sends with the integration key in it.");
        }

        var settings = Settings.FromEnvironment(name => name switch
        {
            KeyVariable => given ?? BuiltInSecret,

            // A person names a file from where they are; the function, from where its executable is.
            RoutesVariable or AlertsVariable when variable(name)?.Trim() is { Length: > 0 } file => Path.GetFullPath(file),
            _ => variable(name),
        });
        return new LocalSettings(settings, isReal, given is null) { SimulatesSecretsManager = simulatesSecretsManager && !isReal };
    }

    /// <param name="flashduty">The simulator's address; null for Flashduty itself.</param>
    public Settings ForFunction(Uri? flashduty, bool withSecretsManager)
    {
        var settings = flashduty is null ? _settings : _settings with { ApiBaseUrl = flashduty };
        return withSecretsManager ? settings with { IntegrationKey = null, SecretId = SecretsManagerSimulator.SecretName } : settings;
    }

    /// <summary>Reads the routes file. Errors in it are logged, as in the function.</summary>
    public Rules ReadRules(Log log)
    {
        var alerts = AlertFactory.Load(_settings.AlertsFile, _settings.AlertsFileIsRequired, _settings.AlertKey, log);
        var rules = Rules.Create(_settings.AlertKey, alerts) with { AlertsText = ReadText(_settings.AlertsFile) };
        if (RoutesFile is not { } file)
        {
            return rules;
        }

        try
        {
            rules = rules.WithRoutes(File.ReadAllText(file), out var errors);
            if (errors.Count > 0)
            {
                log.RoutesHaveErrors(file, string.Join("; ", errors), rules.Routes?.Cases.Count ?? 0);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.RoutesCannotBeRead(file, exception.Message);
        }

        return rules;
    }

    /// <summary>For the editor; nothing if the file cannot be read, which has been logged.</summary>
    private static string ReadText(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
