using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.EventTypes;
using Flashduty.Lambda.Normalization.EventTypes.Expressions;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.AlertRules;

/// <summary>Reads an alerts file, and reports everything that is wrong with it at once, each with its place. A rule with an error is left
/// out.</summary>
/// <remarks>Comments and trailing commas are allowed. <c>alerts.schema.json</c> says the same to editors, but for the expressions.</remarks>
internal static class AlertsFileReader
{
    public const int MaxRules = 200;

    /// <summary>Flashduty obeys labels of such a name: no event's text may be one's value.</summary>
    private const string SteeringPrefix = "layer_";

    private static readonly string[] RuleMembers = ["if", "continue", .. AlertTemplateReader.Members];

    /// <summary>What says where an event is from is never a rule's; the link has a member of its own, which looks after its host.</summary>
    private static readonly string[] ReservedLabels = ["source", "detail_type", "account", "region", "event_id", "event_time", "console_url"];

    /// <param name="utf8">The file.</param>
    /// <param name="diagnostics">Gets what is wrong with it.</param>
    public static AlertRuleSet Read(ReadOnlyMemory<byte> utf8, JsonDiagnostics diagnostics) =>
        JsonFile.Parse(utf8, diagnostics, root => ReadDocument(root, diagnostics), AlertRuleSet.Unusable);

    private static AlertRuleSet ReadDocument(JsonElement root, JsonDiagnostics diagnostics)
    {
        var members = new JsonValueReader(root, "", diagnostics).ReadObject("$schema", "accounts", "alerts");
        var accounts = new Dictionary<string, AccountInfo>(StringComparer.Ordinal);
        foreach (var (id, account) in members.TryFind("accounts", out var map) ? map.ReadMembers() ?? [] : [])
        {
            if (id.Length != 12 || !id.All(char.IsAsciiDigit))
            {
                account.Error("is not an account id of twelve digits");
            }

            accounts[id] = ReadAccount(account);
        }

        var fields = new Fields();
        var cases = new List<RouteCase>();
        var templates = new Dictionary<int, AlertTemplate>();
        var items = members.TryFind("alerts", out var list) ? list.ReadList("a list of rules") ?? [] : [];
        if (items.Length > MaxRules)
        {
            list.Error($"has {items.Length} rules; the maximum is {MaxRules}");
        }

        var reader = new RouteCaseReader(fields);
        for (var index = 0; index < items.Length; index++)
        {
            var errors = diagnostics.Errors.Count;
            var rule = items[index].ReadObject(RuleMembers);
            var groups = rule.TryRequire("if", out var conditions) ? reader.ReadGroups(conditions) : [];
            var isContinued = rule.TryFind("continue", out var flag) && flag.ReadBoolean() is true;
            var template = AlertTemplateReader.Read(rule);
            Check(rule, template);
            if (diagnostics.Errors.Count == errors)
            {
                cases.Add(new RouteCase(index, groups, [], null, isContinued));
                templates.Add(index, template);
            }
        }

        return new AlertRuleSet(new Routes(cases, [], fields), templates, accounts) { HasErrors = diagnostics.Errors.Count > 0 };
    }

    private static AccountInfo ReadAccount(JsonValueReader account)
    {
        var members = account.ReadObject("name", "labels");
        var name = members.TryFind("name", out var text) ? text.ReadString() ?? "" : "";
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var (label, value) in members.TryFind("labels", out var map) ? map.ReadMembers() ?? [] : [])
        {
            CheckName(label, value);
            if (value.ReadString() is { } constant)
            {
                labels.Add(new(label, constant));
            }
        }

        return new AccountInfo(name, labels);
    }

    private static void Check(JsonObjectReader rule, AlertTemplate template)
    {
        if (rule.TryFind("labels", out var labels))
        {
            foreach (var (name, value) in labels.ReadMembers() ?? [])
            {
                CheckName(name, value);
            }

            foreach (var (name, text) in template.Labels)
            {
                if (name.StartsWith(SteeringPrefix, StringComparison.OrdinalIgnoreCase) && text.Alternatives.Any(static one => !one.IsConstant))
                {
                    labels.Error($"{name} steers Flashduty, so its value must be a constant");
                }
            }
        }

        if (rule.TryFind("link", out var link) && template.Link is { } url && !url.Alternatives.All(static one => IsOwnPage(one.Prefix)))
        {
            link.Error("must begin with https://HOST/, or with / for a page of the AWS console, before the first expression");
        }

        if (rule.TryFind("omit", out var omit) && !template.Omit.All(static path => path is PathStep { IsPath: true }))
        {
            omit.Error("must be paths, such as customer.email");
        }
    }

    private static void CheckName(string name, JsonValueReader value)
    {
        if (!Fields.IsLabel(Fields.LabelPrefix + name))
        {
            value.Error($"is not a label's name: at most {FlashdutyLimits.LabelName} letters, digits and _, not beginning with a digit");
        }
        else if (ReservedLabels.Contains(name))
        {
            value.Error("is a label of the event itself; choose another name");
        }
    }

    /// <summary>Whether what comes before the first expression decides the host.</summary>
    public static bool IsOwnPage(string prefix) => prefix is ['/', not '/', ..]
        || (prefix.StartsWith("https://", StringComparison.Ordinal) && prefix.IndexOf('/', "https://".Length) > "https://".Length
            && Uri.TryCreate(prefix, UriKind.Absolute, out var url) && url is { Scheme: "https", UserInfo: "" });
}
