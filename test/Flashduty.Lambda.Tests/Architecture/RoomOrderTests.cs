
namespace Flashduty.Lambda.Tests.Architecture;

/// <summary>A namespace uses only what stands before it, so that nobody has to know what comes later.</summary>
public sealed class RoomOrderTests
{
    private const string Root = "Flashduty.Lambda";

    /// <summary>In the order of docs/architecture.md. The last one is the root, which puts everything together.</summary>
    private static readonly string[] Rooms =
    [
        "Errors", "Limits", "Json", "Logging", "Http", "Receiving", "Secrets", "Authorization",
        "Normalization.Values", "Normalization.Inference", "Normalization.EventTypes.Expressions", "Normalization.EventTypes",
        "Normalization.Writing", "Normalization", "Routing.Matching", "Routing", "AlertRules", "Delivery", "Responses", "",
    ];

    private static readonly ILookup<string, Type> Types = typeof(Function).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && !type.IsNested)
        .ToLookup(type => type.Namespace![Root.Length..].TrimStart('.'));

    public static TheoryData<string> AllButTheLast() => [.. Rooms[..^1]];

    [Fact]
    public void Every_namespace_has_a_place_in_the_order() => Assert.Empty(Types.Select(room => room.Key).Except(Rooms));

    [Fact]
    public void Every_place_in_the_order_is_a_namespace() => Assert.Empty(Rooms.Except(Types.Select(room => room.Key)));

    [Theory]
    [MemberData(nameof(AllButTheLast))]
    public void Room_uses_only_what_stands_before_it(string room)
    {
        var later = Rooms.SkipWhile(name => name != room).Skip(1).SelectMany(name => Types[name]).Select(type => type.FullName!).ToArray();
        var own = Types[room].Select(type => type.FullName!).ToHashSet();

        var result = NetArchTest.Rules.Types.InAssembly(typeof(Function).Assembly)
            .That().ResideInNamespace($"{Root}.{room}")
            .ShouldNot().HaveDependencyOnAny(later)
            .GetResult();

        // Nested rooms have a test of their own.
        Assert.Empty(result.FailingTypes
            .Where(type => own.Contains(type.FullName.Split('/', '+', '`')[0]))
            .Select(type => $"{type.FullName}: {type.Explanation}"));
    }
}
