using System.Text.Json;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Routing;

/// <summary>Reads a routes file, and reports everything that is wrong with it at once, each with its place.</summary>
/// <remarks>
/// A route as Flashduty's API returns it is read as it is: https://docs.flashcat.cloud/en/api-reference/on-call/channels/route-info.
/// Comments and trailing commas are allowed. <c>routes.schema.json</c> says the same to editors; what it cannot say (regular
/// expressions, IP ranges, duplicate members, the conditions of all lists of a case together) is checked here alone.
/// </remarks>
internal static class RoutesFileReader
{
    public const int MaxCases = 100;

    /// <summary>What Flashduty keeps of its own in a route document.</summary>
    private static readonly string[] Bookkeeping =
        ["account_id", "created_at", "creator_id", "id", "integration_id", "sections", "status", "updated_at", "updated_by", "version"];

    /// <summary>For a check: what the function would only warn of is an error too.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, JsonDiagnostics)"/>
    public static Routes Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<string> errors)
    {
        var diagnostics = new JsonDiagnostics();
        var routes = Read(utf8, diagnostics);
        errors = [.. diagnostics.Errors, .. diagnostics.Warnings];
        return routes;
    }

    /// <summary>Never throws for what the file says.</summary>
    /// <param name="utf8">The file; a byte order mark is skipped.</param>
    /// <param name="diagnostics">Gets what is wrong with it.</param>
    /// <returns>Whatever of the routes can be used: a case with an error is left out.</returns>
    public static Routes Read(ReadOnlyMemory<byte> utf8, JsonDiagnostics diagnostics) =>
        JsonFile.Parse(utf8, diagnostics, root => ReadDocument(root, diagnostics), Routes.Unusable);

    private static Routes ReadDocument(JsonElement root, JsonDiagnostics diagnostics)
    {
        var document = new JsonValueReader(WithoutEnvelope(root, diagnostics), "", diagnostics);
        var members = document.ReadObject(["$schema", "cases", "default"], Bookkeeping);
        if (members.TryFind("$schema", out var schema))
        {
            schema.ReadString();
        }

        if (members.TryFind("status", out var status) && status is { Kind: JsonValueKind.String, RawText: "disabled" })
        {
            status.Note("is \"disabled\" in Flashduty; here the routes apply all the same");
        }

        var fields = new Fields();
        var cases = members.TryFindValue("cases", out var list) ? ReadCases(list, fields, diagnostics) : [];
        var hasDefault = members.TryFindValue("default", out var fallback);
        var channels = hasDefault ? ChannelsReader.Read(fallback.ReadObject(["channels", "channel_ids"]), isRequired: true) : [];
        if (members.IsObject && !hasDefault && cases is [])
        {
            document.Error("has no case and no default; without routes, leave the file out");
        }

        return new Routes([.. cases.OfType<RouteCase>()], channels, fields) { HasErrors = diagnostics.Errors.Count > 0 };
    }

    /// <returns>Null for a case with an error.</returns>
    private static List<RouteCase?> ReadCases(JsonValueReader list, Fields fields, JsonDiagnostics diagnostics)
    {
        var cases = new List<RouteCase?>();
        var items = list.ReadList("a list of cases") ?? [];
        if (items.Length > MaxCases)
        {
            list.Error($"has {items.Length} cases; the maximum is {MaxCases}");
        }

        var reader = new RouteCaseReader(fields);
        foreach (var item in items)
        {
            var errors = diagnostics.Errors.Count;
            var routeCase = reader.Read(item, cases.Count);
            cases.Add(diagnostics.Errors.Count == errors ? routeCase : null);
        }

        return cases;
    }

    /// <summary>The route itself, where the whole response of Flashduty's API is in the file.</summary>
    private static JsonElement WithoutEnvelope(JsonElement root, JsonDiagnostics diagnostics)
    {
        if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("cases", out _) || root.TryGetProperty("default", out _)
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return root;
        }

        if (!data.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
        {
            return data;
        }

        if (items.GetArrayLength() > 1)
        {
            diagnostics.Error("data.items", $"has {items.GetArrayLength()} routes: keep that of one integration");
        }

        return items[0];
    }
}
