using System.Text.Json;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

/// <summary>An event type that AWS publishes a schema of, from <c>test/published</c>.</summary>
/// <param name="Number">Its place in the list.</param>
/// <param name="Source">For example <c>aws.ec2</c>.</param>
/// <param name="DetailType">What happened.</param>
/// <param name="Detail">The members of the detail: a name that ends with <c>?</c> is optional, <c>[x]</c> an array, <c>{"*": x}</c> a
/// map.</param>
internal sealed record PublishedType(int Number, string Source, string DetailType, JsonElement Detail)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublishedType> All { get; } = [.. ReadAll()];

    public override string ToString() => $"{Source}: {DetailType}";

    private static IEnumerable<PublishedType> ReadAll()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("test", "published", "aws-event-types.jsonl")))
        {
            var type = JsonDocument.Parse(line).RootElement;
            yield return new PublishedType(
                type.GetProperty("n").GetInt32(),
                type.GetProperty("source").GetString()!,
                type.GetProperty("detailType").GetString()!,
                type.GetProperty("detail"));
        }
    }
}
