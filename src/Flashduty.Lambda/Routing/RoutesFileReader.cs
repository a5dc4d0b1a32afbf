using System.Text.Json;
using System.Text.Unicode;
using Flashduty.Lambda.Json;

namespace Flashduty.Lambda.Routing;

/// <summary>Reads a routes file, and reports everything that is wrong with it at once, each with its place.</summary>
/// <remarks>Comments and trailing commas are allowed. <c>routes.schema.json</c> says the same to editors; what it cannot say (regular
/// expressions, IP ranges, duplicate members, the conditions of all lists of a case together) is checked here alone.</remarks>
internal static class RoutesFileReader
{
    public const int MaxCases = 100;

    /// <summary>Never throws for what the file says.</summary>
    /// <param name="utf8">The file; a byte order mark is skipped.</param>
    /// <param name="errors">Empty if the routes may be used.</param>
    public static Routes Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<string> errors)
    {
        var diagnostics = new JsonDiagnostics();
        errors = diagnostics.Errors;
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            diagnostics.Error("", "is not UTF-8");
            return new Routes([], [], new Fields());
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return ReadDocument(new JsonValueReader(document.RootElement, "", diagnostics));
        }
        catch (JsonException exception)
        {
            // The message ends in the place, counted from 0.
            var reason = exception.Message.Split(" LineNumber:")[0];
            diagnostics.Error($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", $"invalid JSON: {reason}");
            return new Routes([], [], new Fields());
        }
    }

    private static Routes ReadDocument(JsonValueReader document)
    {
        var members = document.ReadObject("$schema", "cases", "default");
        if (members.TryFind("$schema", out var schema))
        {
            schema.ReadString();
        }

        var fields = new Fields();
        var cases = new List<RouteCase>();
        if (members.TryFind("cases", out var list) && list.ReadList("a list of cases") is { } items)
        {
            if (items.Length > MaxCases)
            {
                list.Error($"has {items.Length} cases; the maximum is {MaxCases}");
            }

            var reader = new RouteCaseReader(fields);
            foreach (var item in items)
            {
                cases.Add(reader.Read(item, cases.Count));
            }
        }

        IReadOnlyList<string> defaultChannels = [];
        if (members.TryFind("default", out var fallback))
        {
            defaultChannels = fallback.ReadObject("channels").TryRequire("channels", out var channels) ? RouteCaseReader.ReadChannels(channels) : [];
        }
        else if (members.IsObject && cases.Count == 0)
        {
            document.Error("has no case and no default; without routes, leave the file out");
        }

        return new Routes(cases, defaultChannels, fields);
    }
}
