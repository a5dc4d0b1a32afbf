using System.Text.Json;
using Flashduty.Lambda.Normalization.EventTypes;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

/// <summary>The catalog's embedded files.</summary>
internal static class CatalogResources
{
    private const string Extension = ".json";

    /// <summary>The names of the files, which are those of the sources.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Catalog).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static name => name[..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    public static JsonElement Root(string name)
    {
        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream(name + Extension)!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
