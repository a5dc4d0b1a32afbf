using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Templates;

/// <summary>cfn-lint and the SAM translator, which AWS writes in Python.</summary>
internal static class PythonTools
{
    private static readonly Lazy<bool> Available = new(() =>
    {
        try
        {
            return Run("-c", "import cfnlint, samtranslator").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    /// <summary>Skips the test where the tools are missing, except in continuous integration, where that is a failure.</summary>
    public static void Require() =>
        ExternalTool.RequireOrSkip(Available.Value, "The template's tests need: pip install cfn-lint aws-sam-translator");

    /// <summary>Runs a script of this folder, with JSON in and JSON out.</summary>
    public static JsonArray Run(string script, JsonArray jobs)
    {
        Require();
        var result = Run([Repository.PathOf("test", "Deployment.Tests", "Templates", script)], jobs.ToJsonString());
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonNode.Parse(result.Output)!.AsArray();
    }

    public static bool AreAvailable => Available.Value;

    /// <summary>What cfn-lint finds in each stack in any of its regions; empty if nothing.</summary>
    public static IEnumerable<IReadOnlyList<string>> Lint(IReadOnlyCollection<(JsonObject Stack, IReadOnlyList<string> Regions)> stacks)
    {
        var folder = Directory.CreateTempSubdirectory("stacks-");
        try
        {
            return Findings([.. stacks.Select((each, index) =>
            {
                var file = Path.Combine(folder.FullName, index + ".json");
                File.WriteAllText(file, each.Stack.ToJsonString());
                return (file, each.Regions);
            })]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What cfn-lint finds in files of the repository.</summary>
    public static IEnumerable<IReadOnlyList<string>> LintFiles(params string[] paths) =>
        Findings([.. paths.Select(path => (Repository.PathOf(path), (IReadOnlyList<string>)["us-east-1"]))]);

    private static List<IReadOnlyList<string>> Findings(List<(string File, IReadOnlyList<string> Regions)> jobs)
    {
        var findings = Run("lint.py", new JsonArray([.. jobs.Select(JsonNode (job) => new JsonObject
        {
            ["template"] = job.File,
            ["regions"] = JsonSerializer.SerializeToNode(job.Regions),
        })]));
        return [.. findings.Select(each => (IReadOnlyList<string>)[.. each!.AsArray().Select(finding => finding!.ToString())])];
    }

    private static ToolResult Run(params string[] arguments) => Run(arguments, "");

    private static ToolResult Run(string[] arguments, string input) =>
        ExternalTool.RunAsync("python3", arguments, input).GetAwaiter().GetResult();
}
