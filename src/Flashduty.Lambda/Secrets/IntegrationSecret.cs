using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Secrets;

/// <summary>The secret's content: the push URL's integration key, and with it, for a shared integration, the channels' keys.</summary>
internal sealed class IntegrationSecret
{
    private readonly Dictionary<string, string> _channels;

    private IntegrationSecret(string integrationKey, Dictionary<string, string> channels, IReadOnlyList<string> badEntries)
    {
        IntegrationKey = integrationKey;
        _channels = channels;
        BadEntries = badEntries;
        Keys =
        [
            .. channels.Values.Append(integrationKey).Where(static key => key.Length >= MinMaskedLength).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>A shorter key would be found in ordinary words; Flashduty's have more than 30 characters.</summary>
    private const int MinMaskedLength = 8;

    /// <summary>All integration keys, to be masked in what events say.</summary>
    public IReadOnlyList<string> Keys { get; }

    public string IntegrationKey { get; }

    /// <summary>Names of entries whose value is no key: the channel does not exist then, and the log says why.</summary>
    public IReadOnlyList<string> BadEntries { get; }

    public IReadOnlyCollection<string> ChannelNames => _channels.Keys;

    /// <summary>The integration key of a channel, by its exact name; null if the secret has no such channel.</summary>
    public string? ChannelKey(string name) => _channels.GetValueOrDefault(name);

    /// <summary>Reads either form: the key itself, or a flat JSON map.</summary>
    /// <exception cref="FormatException">The text is neither; the message says what to put there and never quotes it.</exception>
    public static IntegrationSecret Parse(string? text)
    {
        text = text?.Trim().Trim('\uFEFF').Trim();
        if (string.IsNullOrEmpty(text))
        {
            throw new FormatException("The secret is empty: put the integration key there, or a JSON map with \"integration_key\".");
        }

        return text[0] is '{' or '[' or '"' ? ParseMap(text) : new IntegrationSecret(CheckedKey(text), [], []);
    }

    private static IntegrationSecret ParseMap(string text)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            throw new FormatException("The secret is not the JSON it begins as: check its quotes and commas.");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The secret is JSON but no map: put {\"integration_key\": \"…\"} there, or the key without quotes.");
        }

        string? integrationKey = null;
        var channels = new Dictionary<string, string>(StringComparer.Ordinal);
        var badEntries = new List<string>();
        foreach (var entry in root.EnumerateObject())
        {
            var name = JsonText.NameOf(entry);
            var value = entry.Value.ValueKind == JsonValueKind.String ? JsonText.Of(entry.Value).Trim() : "";
            if (name == Receiving.IntegrationKey.Name)
            {
                integrationKey = value;
            }
            else if (IsKey(value))
            {
                channels[name] = value;
            }
            else
            {
                badEntries.Add(name);
            }
        }

        return integrationKey is null
            ? throw new FormatException("The secret's JSON has no \"integration_key\".")
            : new IntegrationSecret(CheckedKey(integrationKey), channels, badEntries);
    }

    private static string CheckedKey(string key) => IsKey(key)
        ? key
        : throw new FormatException(
            "The secret's integration key is no key: it is empty, or it has characters that no key has. "
            + "Of a push URL, put only what follows integration_key= there.");

    /// <summary>What may stand in a query string and in a header as it is; a whole push URL, pasted, may not.</summary>
    private static bool IsKey(string text) =>
        text.Length is > 0 and <= 512 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '+' or '=');
}
