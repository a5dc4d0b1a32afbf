using System.Text.Json.Nodes;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Local.Explanation;
using Flashduty.Lambda.Local.Output;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Normalization.Writing;
using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Checks a routes file, and previews where events go by it.</summary>
internal static class RoutesCommand
{
    private const string DefaultFile = "routes.json";

    /// <returns>The exit code: 2 for a command line or a routes file that is wrong, 1 if an event could not be read.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var (file, check, channels, events) = (DefaultFile, false, (string[]?)null, new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--check" when i + 1 < args.Count:
                    (check, file) = (true, args[++i]);
                    break;
                case "--routes" when i + 1 < args.Count:
                    file = args[++i];
                    break;
                case "--channels" when i + 1 < args.Count:
                    channels = args[++i].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    break;
                case ['-', ..] option:
                    return Usage.Fail(error, option is "--check" or "--routes" or "--channels" ? $"{option} needs a value." : $"Unknown option {option}.");
                case var name:
                    events.Add(name);
                    break;
            }
        }

        if (!check && events.Count == 0)
        {
            return Usage.Fail(error, "routes needs event files to preview, or --check FILE.");
        }

        if (Read(file, error) is not { } routes)
        {
            return Usage.ExitCode;
        }

        if (check)
        {
            output.WriteLine($"{file}: {Count(routes.Cases.Count, "case")}, no mistake.");
            return 0;
        }

        var normalizer = new Normalizer(AlertKeyOptions.Default);
        var failures = events.Count(name => !Preview(name, routes, channels, normalizer, output, error));
        return failures == 0 ? 0 : 1;
    }

    private static Routes? Read(string file, TextWriter error)
    {
        try
        {
            var routes = RoutesFileReader.Read(File.ReadAllBytes(file), out var mistakes);
            foreach (var mistake in mistakes)
            {
                error.WriteLine($"{file}: {mistake}");
            }

            return mistakes.Count == 0 ? routes : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{file} cannot be read: {exception.Message}");
            return null;
        }
    }

    private static bool Preview(string file, Routes routes, string[]? channels, Normalizer normalizer, TextWriter output, TextWriter error)
    {
        Alert alert;
        try
        {
            alert = normalizer.Normalize(EventReader.Read(File.ReadAllBytes(file)));
        }
        catch (Exception exception) when (exception is IntegrationException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{file}: {exception.Message}");
            return false;
        }

        output.WriteLine(file);
        output.WriteLine($"  {Printable.Line(alert.Title)}");
        foreach (var preview in RoutePreview.Explain(routes, alert))
        {
            output.WriteLine($"  cases[{preview.Case.Index}] {Outcome(preview, alert)}");
        }

        using var mistakes = new FunctionLog(new Terminal(output, output), isReal: false);
        var router = new Router(routes, new Log(mistakes, TimeProvider.System));
        var targets = router.Route(alert, Secret(channels ?? [.. NamesIn(routes, alert)]));
        output.WriteLine($"  → {string.Join(", ", targets.Select(channel => channel.Name))}");
        output.WriteLine();
        return true;
    }

    private static string Outcome(CasePreview preview, Alert alert) => preview.Outcome switch
    {
        CaseOutcome.Matched => $"matched: {Target(preview.Case, alert)}{(preview.Case.IsFallthrough ? ", and lets later cases match" : "")}",
        CaseOutcome.NotTried => "not tried: a case before it matched",
        _ => "not matched: " + string.Join(
            "; nor ", preview.Failed.Select(failed => $"{failed.Condition}, and it is {(failed.Seen is null ? "not there" : $"\"{Printable.Line(failed.Seen)}\"")}")),
    };

    private static string Target(RouteCase routeCase, Alert alert)
    {
        if (routeCase.NameMapping is not { } mapping)
        {
            return string.Join(", ", routeCase.Channels);
        }

        return NameFor(mapping, alert) is { } name
            ? $"the channel named \"{Printable.Line(name)}\" by {mapping.Key}, or the default if there is none"
            : $"the default, as the alert has no {mapping.Key} to name a channel";
    }

    /// <summary>Without <c>--channels</c> every channel that a case, the default or a label names is taken to be there.</summary>
    private static IEnumerable<string> NamesIn(Routes routes, Alert alert) =>
        routes.Cases.SelectMany(routeCase => routeCase.Channels)
            .Concat(routes.DefaultChannels)
            .Concat(routes.Cases.Select(routeCase => routeCase.NameMapping is { } mapping ? NameFor(mapping, alert) : null).OfType<string>())
            .Distinct();

    private static string? NameFor(NameMapping mapping, Alert alert) =>
        alert.Label(mapping.Key[Fields.LabelPrefix.Length..]) is { Length: > 0 } name ? name : null;

    /// <summary>A secret with those channels, and made-up keys that differ.</summary>
    private static IntegrationSecret Secret(IReadOnlyList<string> channels)
    {
        var map = new JsonObject { [Channel.IntegrationName] = "key" };
        for (var i = 0; i < channels.Count; i++)
        {
            map[channels[i]] ??= $"key{i}";
        }

        return IntegrationSecret.Parse(map.ToJsonString());
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
