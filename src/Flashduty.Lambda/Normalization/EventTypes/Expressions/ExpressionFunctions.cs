using System.Globalization;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.EventTypes.Expressions;

/// <summary>
/// The functions of expressions. Of JMESPath's own: <c>length(x)</c>, <c>contains(text, part)</c>, <c>starts_with(text, part)</c>,
/// <c>ends_with(text, part)</c>, <c>keys(object)</c>. Besides:
/// <list type="bullet">
/// <item><c>worst(array, member)</c>: the element with the most severe member, in words or by number.</item>
/// <item><c>more(array)</c>: <c>(+2 more)</c> for an array of three; nothing for an array of one.</item>
/// <item><c>resource('instance')</c>: the first of the event's resources whose ARN is of that type.</item>
/// <item><c>severity(number)</c>: a number from 0 to 10 in words, by the thresholds of GuardDuty and CVSS 3.</item>
/// <item><c>last(text, '/')</c>: what follows the last separator.</item>
/// <item><c>name(arn)</c>, <c>arn_account(arn)</c>, <c>arn_region(arn)</c>: what a person calls the resource, and where it is.</item>
/// <item><c>fragment(text)</c>: for a link of the CloudWatch console, which writes <c>$</c> for the percent signs of escapes.</item>
/// <item><c>words(code)</c>: <c>AWS_EC2_ISSUE</c> as <c>aws ec2 issue</c>.</item>
/// <item><c>lower(text)</c>, <c>round(number)</c>.</item>
/// </list>
/// </summary>
internal static class ExpressionFunctions
{
    /// <summary>How many arguments a function takes; null if there is no such function.</summary>
    public static int? Arity(string name) => name switch
    {
        "length" or "keys" or "more" or "resource" or "severity" or "arn_account" or "arn_region" or "fragment" or "words" or "lower"
            or "round" or "name" => 1,
        "contains" or "starts_with" or "ends_with" or "worst" or "last" => 2,
        _ => null,
    };

    /// <summary>Whether the values that a function reads are worth a label.</summary>
    public static bool IsLabelled(string name) => name is "severity" or "words" or "last" or "fragment" or "lower" or "round" or "name";

    public static ExpressionValue Call(string name, Expression[] arguments, ExpressionScope scope, ExpressionValue current)
    {
        var first = arguments[0].Evaluate(scope, current);
        return name switch
        {
            "length" => ExpressionValue.From(Length(first, scope)),
            "more" => ExpressionValue.From(scope.Elements(first).Count is > 1 and var count ? Plus(count - 1) : ""),
            "keys" => ExpressionValue.From(Keys(scope.Parsed(first.Element))),
            "worst" => Worst(scope.Elements(first), arguments[1], scope),
            "resource" => ExpressionValue.From(scope.Resource(first.ToText() ?? "")),
            "contains" => ExpressionValue.From(Texts(first, Text(1), static (a, b) => a.Contains(b, StringComparison.Ordinal))),
            "starts_with" => ExpressionValue.From(Texts(first, Text(1), static (a, b) => a.StartsWith(b, StringComparison.Ordinal))),
            "ends_with" => ExpressionValue.From(Texts(first, Text(1), static (a, b) => a.EndsWith(b, StringComparison.Ordinal))),
            _ => ExpressionValue.From(first.ToText() is { } text ? Transformed(name, text, Text) : null),
        };

        string? Text(int index) => arguments[index].Evaluate(scope, current).ToText();
    }

    private static string? Transformed(string name, string text, Func<int, string?> argument) => name switch
    {
        "severity" => SeverityWord(text),
        "last" => argument(1) is { Length: > 0 } separator ? text[(text.LastIndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? at + separator.Length : 0)..] : text,
        "arn_account" => Arn.TryParse(text, out var arn) ? arn.Account : null,
        "arn_region" => Arn.TryParse(text, out var arn) ? arn.Region : null,
        "name" => Arn.Shorten(text),
        "fragment" => Uri.EscapeDataString(text).Replace('%', '$'),
        "words" => text.Replace('_', ' ').Replace('-', ' ').ToLowerInvariant(),
        "lower" => text.ToLowerInvariant(),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Math.Round(number, 2).ToString(CultureInfo.InvariantCulture)
            : text,
    };

    private static bool Texts(ExpressionValue value, string? part, Func<string, string, bool> holds)
    {
        if (part is null)
        {
            return false;
        }

        if (value.Element.ValueKind == JsonValueKind.Array)
        {
            return value.Element.EnumerateArray().Any(element => ScalarText.Read(element) == part);
        }

        return value.ToText() is { } text && holds(text, part);
    }

    private static string? Length(ExpressionValue value, ExpressionScope scope)
    {
        var count = value.Items?.Count ?? scope.Parsed(value.Element) switch
        {
            { ValueKind: JsonValueKind.Array } array => array.GetArrayLength(),
            { ValueKind: JsonValueKind.Object } found => found.GetPropertyCount(),
            _ => value.ToText()?.Length,
        };
        return count?.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Keys(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > 0
        ? string.Join(", ", value.EnumerateObject().Select(JsonText.NameOf).Take(20))
        : null;

    private static string Plus(int more) => $"(+{more.ToString(CultureInfo.InvariantCulture)} more)";

    private static ExpressionValue Worst(IReadOnlyList<JsonElement> elements, Expression member, ExpressionScope scope)
    {
        JsonElement? worst = null;
        var most = double.NegativeInfinity;
        foreach (var element in elements)
        {
            var rank = Rank(member.Evaluate(scope, ExpressionValue.From(element)).ToText());
            if (rank > most)
            {
                worst = element;
                most = rank;
            }
        }

        return ExpressionValue.From(worst);
    }

    private static double Rank(string? severity) => severity?.ToUpperInvariant() switch
    {
        null => -1,
        "FATAL" or "EMERGENCY" => 110,
        "CRITICAL" or "SEV1" or "P1" => 100,
        "HIGH" or "ERROR" or "FAILED" or "ALARM" => 80,
        "MEDIUM" or "MODERATE" or "WARNING" or "WARN" => 60,
        "LOW" or "MINOR" => 40,
        "INFORMATIONAL" or "INFO" or "NONE" => 20,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0,
    };

    private static string SeverityWord(string text) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? text
        : number >= 9 ? "CRITICAL"
        : number >= 7 ? "HIGH"
        : number >= 4 ? "MEDIUM"
        : number > 0 ? "LOW"
        : "INFORMATIONAL";
}
