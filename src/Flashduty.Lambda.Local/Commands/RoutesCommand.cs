using System.CommandLine;
using System.Text.Json.Nodes;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Json;
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

    public static Command Create(CommandContext context)
    {
        var events = EventFiles.Argument("EventBridge events to preview", ArgumentArity.ZeroOrMore);
        var check = new Option<string>("--check")
        {
            Description = "Only check this routes file: exit code 0, or 2 with every error and its place",
            HelpName = "FILE",
        };
        var routes = new Option<string>("--routes")
        {
            Description = "The routes file",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultFile,
        };
        var channels = new Option<string>("--channels")
        {
            Description = "The channels that the secret has; all that the file or a label names unless given",
            HelpName = "A,B",
        };
        var expect = new Option<string>("--expect")
        {
            Description = "The channels that each event must go to, no others: exit code 1 if one does not",
            HelpName = "A,B",
        };
        var command = new Command("routes", "Preview where events go and why, or check a routes file.")
        {
            events, check, routes, channels, expect,
        };
        command.Add(RoutesImportCommand.Create(context));
        command.Validators.Add(result =>
        {
            if (result.GetResult(check) is null && result.GetResult(events) is not { Tokens.Count: > 0 })
            {
                result.AddError("routes needs event files to preview, or --check FILE.");
            }
        });
        command.SetAction(result => result.GetValue(check) is { } file
            ? Check(file, context)
            : Preview(
                result.GetRequiredValue(events),
                result.GetRequiredValue(routes),
                Names(result.GetValue(channels)),
                Names(result.GetValue(expect)),
                context));
        return command;
    }

    private static string[]? Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <returns>The exit code: 2 for a routes file that cannot be used.</returns>
    private static int Check(string file, CommandContext context)
    {
        if (Read(file, context.Error) is not { } routes)
        {
            return CommandLine.UsageError;
        }

        context.Output.WriteLine($"{file}: {Count(routes.Cases.Count, "case")}, no errors.");
        return 0;
    }

    /// <returns>The exit code: 2 for an unusable routes file, 1 if an event could not be read or goes elsewhere than expected.</returns>
    private static int Preview(string[] events, string file, string[]? channels, string[]? expected, CommandContext context)
    {
        if (Read(file, context.Error) is not { } routes)
        {
            return CommandLine.UsageError;
        }

        var normalizer = new Normalizer(AlertKeyOptions.Default);
        var failures = events.Count(name => !Preview(name, routes, channels, expected, normalizer, context));
        return failures == 0 ? 0 : 1;
    }

    private static Routes? Read(string file, TextWriter error)
    {
        var diagnostics = new JsonDiagnostics();
        Routes routes;
        try
        {
            routes = RoutesFileReader.Read(JsonFile.ReadAllBytes(file), diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"Cannot read {file}: {exception.Message}");
            return null;
        }

        foreach (var line in diagnostics.Errors.Concat(diagnostics.Warnings).Concat(diagnostics.Notes))
        {
            error.WriteLine($"{file}: {line}");
        }

        return diagnostics.Errors.Count + diagnostics.Warnings.Count == 0 ? routes : null;
    }

    private static bool Preview(
        string file, Routes routes, string[]? channels, string[]? expected, Normalizer normalizer, CommandContext context)
    {
        var (output, error) = (context.Output, context.Error);
        Alert alert;
        try
        {
            alert = normalizer.Normalize(EventReader.Read(File.ReadAllBytes(file)).OrThrow());
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

        using var problems = new FunctionLog(new Terminal(output, output), isReal: false);
        var router = new Router(routes, new Log(problems, TimeProvider.System));
        var targets = router.Route(alert, Secret(channels ?? [.. NamesIn(routes, alert)])).Select(channel => channel.Name).ToList();
        output.WriteLine($"  → {string.Join(", ", targets)}");
        output.WriteLine();
        if (expected is null || targets.ToHashSet().SetEquals(expected))
        {
            return true;
        }

        error.WriteLine($"{file}: goes to {string.Join(", ", targets)}; expected {string.Join(", ", expected)}");
        return false;
    }

    private static string Outcome(CasePreview preview, Alert alert) => preview.Outcome switch
    {
        CaseOutcome.Matched =>
            $"matched: {Target(preview.Case, alert)}{(preview.Case.IsFallthrough ? ", and lets later cases match" : "")}",
        CaseOutcome.NotTried => "not tried: a case before it matched",
        _ => "not matched: " + string.Join("; nor ", preview.Failed.Select(Outcome)),
    };

    private static string Outcome(FailedCondition failed) =>
        $"{failed.Condition}, and it is {(failed.Seen is null ? "not there" : $"\"{Printable.Line(failed.Seen)}\"")}";

    private static string Target(RouteCase routeCase, Alert alert)
    {
        if (routeCase.NameMapping is not { } mapping)
        {
            return string.Join(", ", routeCase.Channels);
        }

        return NameFor(mapping, alert) is { } name
            ? $"the channel named \"{Printable.Line(name)}\" by {mapping.Key}, or the default if there is no such channel"
            : $"the default, as the alert has no {mapping.Key} to name a channel";
    }

    /// <summary>Without <c>--channels</c> every channel that a case, the default or a label names is taken to be there.</summary>
    private static IEnumerable<string> NamesIn(Routes routes, Alert alert) =>
        routes.Cases.SelectMany(routeCase => routeCase.Channels)
            .Concat(routes.DefaultChannels)
            .Concat(routes.Cases.Select(routeCase => routeCase.NameMapping).OfType<NameMapping>()
                .Select(mapping => NameFor(mapping, alert)).OfType<string>())
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
