using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deployment.Tests.Templates;
using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Logging;

namespace Deployment.Tests.Guides;

/// <summary>The pages in docs say what the template and the code say.</summary>
public sealed partial class GuideTests
{
    private static readonly Guide Configuration = Guide.Read("configuration.md");
    private static readonly Guide Operations = Guide.Read("operations.md");

    [Fact]
    public void Every_parameter_is_listed_with_its_default()
    {
        var parameters = Parameters("template.yaml");
        var forwarder = Parameters("organization", "forwarder.yaml");

        Assert.Equal(
            parameters.Concat(forwarder.ExceptBy(parameters.Keys, each => each.Key))
                .Append(KeyValuePair.Create("AlarmTopicArn", forwarder["AlarmTopicArn"]))
                .Select(each => $"{each.Key}: {each.Value}").Distinct().Order(StringComparer.Ordinal),
            Configuration.Rows("parameter").Select(row => $"{row[0]}: {Plain(row[1])}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_environment_variable_is_listed()
    {
        var read = new SortedSet<string>(StringComparer.Ordinal);
        Settings.FromEnvironment(name =>
        {
            read.Add(name);
            return name == "FLASHDUTY_SECRET_ID" ? "any" : null;
        });

        Assert.Equal(
            read.Where(name => name.StartsWith("FLASHDUTY_", StringComparison.Ordinal)),
            Configuration.Rows("variable").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Listed_defaults_of_variables_are_the_functions()
    {
        var listed = Configuration.Rows("variable").Where(row => row[1].StartsWith('`'))
            .ToDictionary(row => row[0], row => row[1].Trim('`'));
        var routesFile = listed["FLASHDUTY_ROUTES_FILE"];

        // To name a file is to require it, so that its default is not the same as its absence.
        listed.Remove("FLASHDUTY_ROUTES_FILE");
        listed.Remove("FLASHDUTY_ALERTS_FILE");

        var defaults = Settings.FromEnvironment(name => name == "FLASHDUTY_SECRET_ID" ? "any" : null);
        var fromListed = Settings.FromEnvironment(name => name == "FLASHDUTY_SECRET_ID" ? "any" : listed.GetValueOrDefault(name));

        Assert.Equal(defaults, fromListed);
        Assert.Equal(routesFile, Path.GetFileName(defaults.RoutesFile));
    }

    [Fact]
    public void Every_rule_is_listed_with_its_switch()
    {
        var presets = JsonNode.Parse(Repository.Read("organization", "presets.json"))!.AsObject();
        var defaults = Parameters("template.yaml");

        Assert.Equal(
            from preset in presets
            let name = preset.Value!["switch"]!.ToString()
            select $"{preset.Key}Rule {name} {(defaults[name] == "true" ? "on" : "off")}",
            Configuration.Rows("rule").Where(row => row[0] is not ("CustomRule" or "HubRule"))
                .Select(row => $"{row[0]} {row[1].Trim('`')} {row[2]}"));
    }

    [Fact]
    public void Every_alarm_is_listed() =>
        Assert.Equal(
            Stacks.Modes.SelectMany(mode => Stacks.Whole(mode).OfType("AWS::CloudWatch::Alarm").Keys).Distinct()
                .Order(StringComparer.Ordinal),
            Operations.Names("alarm").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_metric_is_listed_with_its_dimensions()
    {
        var emitted = from field in typeof(EmbeddedMetrics).GetFields()
                      where field.IsLiteral
                      let directive = JsonNode.Parse((string)field.GetRawConstantValue()!)!
                      from metric in directive["Metrics"]!.AsArray()
                      from dimensions in directive["Dimensions"]!.AsArray()
                      select $"{metric!["Name"]} by {string.Join(", ", dimensions!.AsArray())} in {metric["Unit"]}";

        var listed = from row in Operations.Rows("metric")
                     from dimensions in row[1].Split(';')
                     select $"{row[0]} by {Plain(dimensions)} in {row[2]}";

        Assert.Equal(emitted.Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_of_the_log_is_listed()
    {
        var written = from file in Sources()
                      where file.Path.EndsWith("Log.cs", StringComparison.Ordinal)
                          || file.Path.EndsWith("EmbeddedMetrics.cs", StringComparison.Ordinal)
                      from Match match in Field().Matches(file.Text)
                      where match.Groups[1].Value is not ("Timestamp" or "CloudWatchMetrics")
                      select match.Groups[1].Value;

        Assert.Equal(written.Distinct().Order(StringComparer.Ordinal), Operations.Names("field").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_code_is_listed() =>
        Assert.Equal(Enum.GetNames<ErrorCode>().Order(StringComparer.Ordinal), Operations.Names("code").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_listed_message_is_one_of_the_functions()
    {
        var sources = string.Concat(Sources().Select(file => file.Text));

        Assert.NotEmpty(Operations.Rows("message"));
        Assert.All(Operations.Rows("message"), row => Assert.Contains(row[0].Trim('`'), sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_between_the_pages_leads_somewhere()
    {
        var broken = from page in Directory.GetFiles(Repository.PathOf("docs"), "*.md")
                     from Match link in Link().Matches(File.ReadAllText(page))
                     let target = link.Groups[1].Value
                     where !target.StartsWith("http", StringComparison.Ordinal)
                     let parts = target.Split('#')
                     let file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0])
                     where !File.Exists(file) || (parts.Length > 1 && !Guide.Anchors(File.ReadAllText(file)).Contains(parts[1]))
                     select $"{Path.GetFileName(page)}: {target}";

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("deploy.md")]
    [InlineData("organization.md")]
    [InlineData("upgrade.md")]
    public void Every_parameter_and_output_that_a_guide_names_is_there(string page)
    {
        var template = Stacks.Template();
        var forwarder = Stacks.Translate(Repository.PathOf("organization", "forwarder.yaml"), new Dictionary<string, string>()).Single();
        var old = Parameters("test", "Deployment.Tests", "data", "previous-release.yaml");
        var known = new[] { template, forwarder }
            .SelectMany(each => each["Parameters"]!.AsObject().Concat(each["Outputs"]!.AsObject())).Select(each => each.Key)
            .Concat(page == "upgrade.md" ? old.Keys : []);

        var named = Assignment().Matches(Repository.Read("docs", page)).Select(match => match.Groups[1].Value)
            .Concat(OutputKey().Matches(Repository.Read("docs", page)).Select(match => match.Groups[1].Value)).Distinct();

        Assert.Empty(named.Except(known)
            .Except(["ParameterKey", "Enabled", "Active", "OrganizationalUnitIds", "RegionConcurrencyType", "Key"]));
    }

    private static Dictionary<string, string> Parameters(params string[] path) =>
        Stacks.Translate(Repository.PathOf(path), new Dictionary<string, string>()).Single()["Parameters"]!.AsObject()
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value!["Default"]?.ToString() ?? "has to be given");

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.GetFiles(Repository.PathOf("src", "Flashduty.Lambda"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)));

    private static string Plain(string cell) => cell.Trim() == "nothing" ? "" : cell.Replace("`", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"\.Write(?:String|Number|Boolean|StartArray|StartObject|Null)\(""(\w+)""")]
    private static partial Regex Field();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>A parameter given on a command line, or to <c>--parameters</c>.</summary>
    [GeneratedRegex(@"(?:ParameterKey=|(?<=[ `]))([A-Z][a-z]+[A-Za-z]*)(?:=(?!=)|,ParameterValue|,UsePreviousValue)")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"OutputKey=='(\w+)'")]
    private static partial Regex OutputKey();
}
