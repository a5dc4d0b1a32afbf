using CsCheck;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Tests.Routing;

public sealed class RouterTests
{
    private const string X = """{"key":"labels.x","oper":"IN","vals":["1"]}""";
    private const string Y = """{"key":"labels.y","oper":"IN","vals":["1"]}""";

    private static string Case(string conditions, string channels, bool isFallthrough = false) =>
        $$"""{"if":{{conditions}},"channels":[{{channels}}],"fallthrough":{{(isFallthrough ? "true" : "false")}}}""";

    private static RouterFixture Bench(string? defaultChannel, params string[] cases) => new(
        $$"""{"cases":[{{string.Join(',', cases)}}]{{(defaultChannel is null ? "" : $$""", "default":{"channels":["{{defaultChannel}}"]}""")}} }""");

    [Fact]
    public void The_first_case_that_matches_ends_the_search()
    {
        var bench = Bench("c", Case($"[{X}]", "\"a\""), Case("[]", "\"b\""));

        Assert.Equal(["a"], bench.Route(("x", "1")));
        Assert.Equal(["b"], bench.Route());
    }

    [Fact]
    public void A_case_that_falls_through_lets_later_ones_match_too()
    {
        var bench = Bench("c", Case($"[{X}]", "\"a\"", isFallthrough: true), Case($"[{Y}]", "\"b\""));

        Assert.Equal(["a", "b"], bench.Route(("x", "1"), ("y", "1")));
        Assert.Equal(["a"], bench.Route(("x", "1")));
        Assert.Equal(["b"], bench.Route(("y", "1")));
    }

    [Fact]
    public void The_default_takes_what_no_case_matches() => Assert.Equal(["c"], Bench("c", Case($"[{X}]", "\"a\"")).Route(("x", "2")));

    [Fact]
    public void All_conditions_of_one_list_must_hold()
    {
        var bench = Bench("c", Case($"[{X},{Y}]", "\"a\""));

        Assert.Equal(["a"], bench.Route(("x", "1"), ("y", "1")));
        Assert.Equal(["c"], bench.Route(("x", "1")));
    }

    [Fact]
    public void One_of_several_lists_must_hold()
    {
        var bench = Bench("c", Case($"[[{X}],[{Y}]]", "\"a\""));

        Assert.Equal(["a"], bench.Route(("x", "1")));
        Assert.Equal(["a"], bench.Route(("y", "1")));
        Assert.Equal(["c"], bench.Route());
    }

    [Theory]
    [InlineData("title", "the title")]
    [InlineData("description", "the description")]
    [InlineData("severity", "Warning")]
    public void Conditions_look_at_the_alerts_own_fields(string key, string value) =>
        Assert.Equal(["a"], Bench("c", Case($$"""[{"key":"{{key}}","oper":"IN","vals":["{{value}}"]}]""", "\"a\"")).Route());

    [Fact]
    public void A_channel_named_twice_gets_the_alert_once() => Assert.Equal(
        ["a", "b"],
        Bench(null, Case("[]", "\"a\",\"b\",\"a\"", isFallthrough: true), Case("[]", "\"b\",\"also-a\"")).Route());

    [Fact]
    public void A_name_mapping_delivers_to_the_channel_of_the_labels_value()
    {
        var bench = Bench("c", """{"if":[],"routing_mode":"name_mapping","name_mapping_label":"labels.team"}""");

        Assert.Equal(["a"], bench.Route(("team", "a")));
        Assert.Equal(["c"], bench.Route(("team", "nobody")));
        Assert.Equal(["c"], bench.Route(("team", "A")));
        Assert.Equal(["c"], bench.Route());
    }

    [Fact]
    public void A_name_mapping_without_a_channel_gets_the_default_even_where_another_case_found_one()
    {
        var bench = Bench("c", Case("[]", "\"a\"", isFallthrough: true), """{"if":[],"routing_mode":"name_mapping","name_mapping_label":"labels.team"}""");

        Assert.Equal(["a", "c"], bench.Route(("team", "nobody")));
        Assert.Equal(["a", "b"], bench.Route(("team", "b")));
    }

    [Fact]
    public void A_name_mapping_with_no_channel_and_no_default_goes_to_the_integration_key_and_is_logged()
    {
        var bench = Bench(null, """{"if":[],"routing_mode":"name_mapping","name_mapping_label":"labels.team"}""");

        Assert.Equal([Channel.IntegrationName], bench.Route(("team", "nobody")));
        Assert.Contains("eventbridge:k", bench.Logged);
    }

    [Fact]
    public void An_unknown_channel_is_replaced_by_the_integration_key_and_logged()
    {
        var bench = Bench(null, Case("[]", "\"nobody\",\"a\""));

        Assert.Equal([Channel.IntegrationName, "a"], bench.Route());
        Assert.Contains("nobody", bench.Logged);
    }

    [Fact]
    public void Unmatched_alert_without_a_default_goes_to_the_integration_key_and_is_logged()
    {
        var bench = Bench(null, Case($"[{X}]", "\"a\""));

        Assert.Equal([Channel.IntegrationName], bench.Route());
        Assert.Contains("eventbridge:k", bench.Logged);
    }

    [Fact]
    public void A_case_without_any_channel_gets_the_default() =>
        Assert.Equal(["c"], Bench("c", """{"if":[],"channel_ids":[]}""").Route());

    private static Gen<T> AnyOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static readonly Gen<string> Cases = Gen.Select(
        AnyOf("[]", $"[{X}]", $"[{Y}]", $"[{X},{Y}]", $"[[{X}],[{Y}]]", """[{"key":"labels.x","oper":"NOTIN","vals":["*"]}]"""),
        AnyOf("\"a\"", "\"b\"", "\"nobody\"", "\"a\",\"c\"", "\"integration_key\""),
        Gen.Bool,
        Case);

    private static readonly Gen<(string, string)[]> Labels = Gen.Select(AnyOf("x", "y", "team"), AnyOf("1", "2", "a", "")).Array[0, 3]
        .Select(labels => labels.DistinctBy(label => label.Item1).ToArray());

    [Fact]
    public void Routing_never_loses_an_alert_and_never_doubles_one() =>
        Gen.Select(Cases.Array[1, 6], AnyOf<string?>(null, "c", "nobody"), Labels).Sample((cases, fallback, labels) =>
        {
            var channels = Bench(fallback, cases).Route(labels);

            return channels.Length > 0 && channels.Distinct().Count() == channels.Length;
        });

    [Fact]
    public void A_case_after_one_that_matched_without_fallthrough_changes_nothing() =>
        Gen.Select(Cases.Array[0, 4], Cases, Labels).Sample((cases, more, labels) =>
        {
            var before = cases.Append(Case("[]", "\"b\"")).ToArray();

            return Bench("c", before).Route(labels).SequenceEqual(Bench("c", [.. before, more]).Route(labels));
        });

    [Fact]
    public void Matching_exact_values_allocates_nothing_but_the_answer()
    {
        var small = Bench("c", Case($"[{Y}]", "\"a\""));
        var large = Bench("c", [.. Enumerable.Range(0, 100).Select(_ => Case($"[{Y},{X},{Y},{X},{Y}]", "\"a\""))]);
        var alert = RouterFixture.Alert(("x", "1"), ("y", "2"));

        Assert.Equal(Allocated(small), Allocated(large));

        long Allocated(RouterFixture bench)
        {
            bench.Route(alert);
            var before = GC.GetAllocatedBytesForCurrentThread();
            bench.Route(alert);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
