using System.CommandLine;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Local.Commands;

/// <summary>Writes a routes file from the route that Flashduty's API returns.</summary>
internal static class RoutesImportCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A response of Flashduty's /route/info, or the route in it; - for standard input",
            HelpName = "FILE",
        };
        var names = new Option<string[]>("--name")
        {
            Description = "A channel's name for its id; repeat it for each channel",
            HelpName = "ID=NAME",
            DefaultValueFactory = _ => [],
        };
        names.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
            {
                result.AddError($"--name {token.Value}: write the id, an equals sign and the name, as --name 2533748993131=payments.");
            }
        });
        var command = new Command("import", "Write a routes file from Flashduty's own route to standard output.") { file, names };
        command.SetAction(result => Import(
            result.GetRequiredValue(file),
            result.GetRequiredValue(names)
                .Select(pair => pair.Split('=', 2))
                .GroupBy(pair => pair[0])
                .ToDictionary(pair => pair.Key, pair => pair.Last()[1]),
            context));
        return command;
    }

    /// <returns>The exit code: 2 for a document that is not a route.</returns>
    private static int Import(string file, Dictionary<string, string> names, CommandContext context)
    {
        byte[] utf8;
        try
        {
            utf8 = file == "-" ? ReadAll(context.OpenInput()) : JsonFile.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"Cannot read {file}: {exception.Message}");
            return CommandLine.UsageError;
        }

        var diagnostics = new JsonDiagnostics();
        var routes = RoutesFileReader.Read(utf8, diagnostics);
        foreach (var line in diagnostics.Errors.Concat(diagnostics.Warnings).Concat(diagnostics.Notes))
        {
            context.Error.WriteLine($"{file}: {line}");
        }

        if (routes.HasErrors)
        {
            return CommandLine.UsageError;
        }

        foreach (var id in Channels(routes).Where(channel => !names.ContainsKey(channel) && channel.All(char.IsAsciiDigit)))
        {
            context.Error.WriteLine($"{file}: channel {id}: name the secret's entry so, or give the channel a name with --name {id}=NAME");
        }

        using var document = JsonDocument.Parse(
            utf8.AsMemory(utf8.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        context.Output.Write(RouteImport.Write(routes, RouteImport.Sections(document.RootElement), names));
        return 0;
    }

    private static IEnumerable<string> Channels(Routes routes) =>
        routes.Cases.SelectMany(routeCase => routeCase.Channels).Concat(routes.DefaultChannels).Distinct();

    private static byte[] ReadAll(Stream input)
    {
        using var buffer = new MemoryStream();
        using (input)
        {
            input.CopyTo(buffer);
        }

        return buffer.ToArray();
    }
}
