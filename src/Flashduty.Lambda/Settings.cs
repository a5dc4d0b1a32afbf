using System.Globalization;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda;

/// <summary>The environment variables, read once and checked. Nothing else configures the function.</summary>
internal sealed record Settings
{
    public const string DefaultApiBaseUrl = "https://api.flashcat.cloud";
    public const string DefaultRoutesFile = "routes.json";
    public const string DefaultAlertsFile = "alerts.json";

    /// <summary>Name or ARN of the secret; null only where <see cref="IntegrationKey"/> replaces it.</summary>
    public string? SecretId { get; init; }

    /// <summary>Replaces the secret in local runs, in either of its forms.</summary>
    public string? IntegrationKey { get; init; }

    /// <summary>By default each event is its own alert.</summary>
    public AlertKeyOptions AlertKey { get; init; } = AlertKeyOptions.Default;

    /// <summary>Full path. The file need not exist unless <see cref="RoutesFileIsRequired"/>.</summary>
    public string RoutesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, DefaultRoutesFile);

    /// <summary>Whether a missing routes file is an error, because a setting names it, and not just a private integration.</summary>
    public bool RoutesFileIsRequired { get; init; }

    /// <summary>Full path of the team's own titles, labels and keys. The file need not exist unless <see cref="AlertsFileIsRequired"/>.</summary>
    public string AlertsFile { get; init; } = Path.Combine(AppContext.BaseDirectory, DefaultAlertsFile);

    /// <summary>Whether a missing alerts file is an error, because a setting names it.</summary>
    public bool AlertsFileIsRequired { get; init; }

    /// <summary>Flashduty's address, without a path.</summary>
    public Uri ApiBaseUrl { get; init; } = new(DefaultApiBaseUrl);

    /// <summary>The function's name, which its metrics are found by; empty outside of Lambda.</summary>
    public string FunctionName { get; init; } = "";

    /// <summary>Whether Lambda runs the function; <c>sam local</c> does not count as Lambda.</summary>
    public bool IsInLambda { get; init; }

    /// <summary>Log alerts instead of sending them.</summary>
    public bool DryRun { get; init; }

    /// <summary>Reads and checks them all.</summary>
    /// <param name="variable">Gives a variable's value, or null; an empty one counts as not set.</param>
    /// <exception cref="SettingsException">A value is bad. Its message has one line for each, naming the variable.</exception>
    public static Settings FromEnvironment(Func<string, string?> variable)
    {
        var errors = new List<string>();
        var settings = new Settings
        {
            SecretId = Text("FLASHDUTY_SECRET_ID"),
            IntegrationKey = Secret("FLASHDUTY_INTEGRATION_KEY"),
            AlertKey = new AlertKeyOptions(Scope("FLASHDUTY_ALERT_KEY_SCOPE"), Minutes("FLASHDUTY_MERGE_WINDOW_MINUTES")),
            RoutesFile = Path.Combine(AppContext.BaseDirectory, Text("FLASHDUTY_ROUTES_FILE") ?? DefaultRoutesFile),
            RoutesFileIsRequired = Text("FLASHDUTY_ROUTES_FILE") is not null,
            AlertsFile = Path.Combine(AppContext.BaseDirectory, Text("FLASHDUTY_ALERTS_FILE") ?? DefaultAlertsFile),
            AlertsFileIsRequired = Text("FLASHDUTY_ALERTS_FILE") is not null,
            ApiBaseUrl = BaseUrl("FLASHDUTY_API_BASE_URL"),
            FunctionName = Text("AWS_LAMBDA_FUNCTION_NAME") ?? "",
            IsInLambda = Text("AWS_LAMBDA_FUNCTION_NAME") is not null && Text("AWS_SAM_LOCAL") is null,
            DryRun = Flag("FLASHDUTY_DRY_RUN"),
        };

        if (settings.SecretId is null && settings.IntegrationKey is null)
        {
            errors.Add("FLASHDUTY_SECRET_ID is not set: it names the secret (name or ARN) that holds the integration key.");
        }

        return errors.Count == 0 ? settings : throw new SettingsException(string.Join('\n', errors));

        string? Text(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;

        string? Secret(string name)
        {
            var text = Text(name);
            try
            {
                _ = text is null ? null : IntegrationSecret.Parse(text);
            }
            catch (FormatException exception)
            {
                errors.Add($"{name} is not a valid replacement for the secret. {exception.Message}");
            }

            return text;
        }

        AlertKeyScope Scope(string name)
        {
            switch (Text(name))
            {
                case null or "event":
                    return AlertKeyScope.Event;
                case "resource":
                    return AlertKeyScope.Resource;
                case var other:
                    errors.Add($"{name} is \"{other}\": use event or resource.");
                    return default;
            }
        }

        TimeSpan Minutes(string name)
        {
            const int Year = 366 * 24 * 60;
            var text = Text(name) ?? AlertKeyOptions.DefaultMergeWindowMinutes.ToString(CultureInfo.InvariantCulture);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= Year)
            {
                return TimeSpan.FromMinutes(minutes);
            }

            errors.Add($"{name} is \"{text}\": use a whole number of minutes from 0 (without end) to {Year}.");
            return default;
        }

        Uri BaseUrl(string name)
        {
            var text = Text(name) ?? DefaultApiBaseUrl;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
                && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            {
                return url;
            }

            // The value itself stays out: a push URL pasted here holds a key.
            errors.Add($"{name} is not a valid base URL: use https://HOST, or http:// on loopback, without a path.");
            return new Uri(DefaultApiBaseUrl);
        }

        bool Flag(string name)
        {
            switch (Text(name)?.ToLowerInvariant())
            {
                case null or "false":
                    return false;
                case "true":
                    return true;
                case var other:
                    errors.Add($"{name} is \"{other}\": use true or false.");
                    return false;
            }
        }
    }
}

/// <summary>An environment variable has a value the function cannot run with.</summary>
public sealed class SettingsException(string message) : Exception(message);
