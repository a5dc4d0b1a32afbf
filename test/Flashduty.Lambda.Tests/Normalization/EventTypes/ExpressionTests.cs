using Flashduty.Lambda.Normalization.EventTypes.Expressions;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

public sealed class ExpressionTests
{
    private const string Detail = """
        {
          "name": "web", "count": 3, "big": 7.25, "zero": 0, "no": false, "yes": true, "nothing": null, "blank": " ", "instance-id": "i-1",
          "a": { "b": { "c": "deep" }, "x.y": "dotted" },
          "list": ["one", "two", "three"], "empty": [], "only": ["one"],
          "items": [
            { "k": "v", "n": 1, "severity": "LOW" }, { "k": "w", "n": 12, "severity": "CRITICAL", "tags": ["p", "q"] }, { "k": "v", "n": 5 }
          ],
          "map": { "first": { "id": 1 }, "second": { "id": 2 } },
          "json": "{\"inner\":{\"list\":[{\"z\":\"found\"}]}}", "broken": "{not json",
          "arn": "arn:aws:ecs:eu-west-1:111122223333:service/default/api"
        }
        """;

    private static readonly ExpressionScope Scope = new(
        SampleEvents.Of("aws.ec2", "Some Type", Detail, ["arn:aws:ec2:us-east-1:1:volume/vol-1", "arn:aws:ec2:us-east-1:1:instance/i-1"]),
        static root => root == "severity" ? "HIGH" : null);

    [Theory]
    [InlineData("name", "web")]
    [InlineData("count", "3")]
    [InlineData("no", "false")]
    [InlineData("nothing", null)]
    [InlineData("blank", null)]
    [InlineData("missing.too", null)]
    [InlineData("instance-id", "i-1")]
    [InlineData("a.b.c", "deep")]
    [InlineData("a.b", null)]
    [InlineData("a.\"x.y\"", "dotted")]
    [InlineData("name.b", null)]
    [InlineData("list", "one,two,three")]
    [InlineData("list[0]", "one")]
    [InlineData("list[-1]", "three")]
    [InlineData("list[3]", null)]
    [InlineData("list[-4]", null)]
    [InlineData("list[]", "one, two, three")]
    [InlineData("items[].k", "v, w")]
    [InlineData("items[1].tags[0]", "p")]
    [InlineData("items[].tags[]", "p, q")]
    [InlineData("map.*.id", "1, 2")]
    public void A_path_finds_its_value(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("items[?k == 'w'].n", "12")]
    [InlineData("items[?k=='v'].n", "1, 5")]
    [InlineData("items[?k=='v'] | [1].n", "5")]
    [InlineData("items[?k=='none'].n", null)]
    [InlineData("items[?k=='none'] | [0].n", null)]
    [InlineData("items[?n > `4`] | [0].n", "12")]
    [InlineData("items[?n >= '12'].n", "12")]
    [InlineData("items[?n < '5'].n", "1")]
    [InlineData("items[?n <= '5'].n", "1, 5")]
    [InlineData("items[?severity].n", "1, 12")]
    [InlineData("items[?!severity].n", "5")]
    [InlineData("items[?severity && k == 'v'].n", "1")]
    [InlineData("items[?n == '5' || k == 'w'].n", "12, 5")]
    [InlineData("items[?k != 'v'].n", "12")]
    [InlineData("list[?@ != 'two']", "one, three")]
    [InlineData("worst(items, &severity).n", "12")]
    [InlineData("worst(items, n).n", "12")]
    [InlineData("worst(empty, n).n", null)]
    public void A_filter_finds_the_elements_that_matter(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("missing || name", "web")]
    [InlineData("blank || name", "web")]
    [InlineData("no || name", "web")]
    [InlineData("empty || name", "web")]
    [InlineData("zero || name", "0")]
    [InlineData("missing || ''", "")]
    [InlineData("missing || nothing", null)]
    [InlineData("yes && 'it is'", "it is")]
    [InlineData("no && 'it is' || 'it is not'", "it is not")]
    [InlineData("name == 'web' && 'front' || name", "front")]
    [InlineData("name == 'db'", null)]
    [InlineData("count == `3`", "true")]
    [InlineData("missing == nothing", "true")]
    [InlineData("(missing || a).b.c", "deep")]
    [InlineData("'it\\'s'", "it's")]
    public void Alternatives_and_conditions_choose(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("json.inner.list[0].z", "found")]
    [InlineData("broken.inner", null)]
    public void An_object_inside_a_text_is_entered(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("@source", "aws.ec2")]
    [InlineData("@detailType", "Some Type")]
    [InlineData("@account", "123456789012")]
    [InlineData("@region", "us-east-1")]
    [InlineData("@time", "2025-03-16T15:07:00Z")]
    [InlineData("@resource", "arn:aws:ec2:us-east-1:1:volume/vol-1")]
    [InlineData("@severity", "HIGH")]
    [InlineData("@title", null)]
    [InlineData("resource('instance')", "arn:aws:ec2:us-east-1:1:instance/i-1")]
    [InlineData("resource('snapshot')", null)]
    public void Roots_are_what_the_detail_does_not_have(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("length(list)", "3")]
    [InlineData("length(map)", "2")]
    [InlineData("length(name)", "3")]
    [InlineData("length(missing)", null)]
    [InlineData("more(list)", "(+2 more)")]
    [InlineData("more(only)", "")]
    [InlineData("more(missing)", "")]
    [InlineData("keys(map)", "first, second")]
    [InlineData("contains(name, 'e') && 'yes'", "yes")]
    [InlineData("contains(list, 'two') && 'yes'", "yes")]
    [InlineData("contains(list, 'tw') && 'yes'", null)]
    [InlineData("starts_with(name, 'w') && 'yes'", "yes")]
    [InlineData("ends_with(name, 'w') && 'yes'", null)]
    [InlineData("severity(big)", "HIGH")]
    [InlineData("severity(name)", "web")]
    [InlineData("name(arn)", "service/default/api")]
    [InlineData("arn_account(arn)", "111122223333")]
    [InlineData("arn_region(arn)", "eu-west-1")]
    [InlineData("arn_region(name)", null)]
    [InlineData("last(arn, '/')", "api")]
    [InlineData("fragment('a/b 5%')", "a$2Fb$205$25")]
    [InlineData("words('AWS_EC2-ISSUE')", "aws ec2 issue")]
    [InlineData("round('3.14159')", "3.14")]
    public void Functions_compute(string expression, string? value) => Assert.Equal(value, Evaluate(expression));

    [Theory]
    [InlineData("", "Expected an expression at character 1")]
    [InlineData("a.", "Expected a name after the dot at character 3")]
    [InlineData("a..b", "Expected a name after the dot at character 3")]
    [InlineData("a b", "Unexpected 'b' at character 3")]
    [InlineData("a[", "Expected a position, a condition that begins with ?, or ] at character 3")]
    [InlineData("a[x]", "Expected a position, a condition that begins with ?, or ] at character 3")]
    [InlineData("a[0", "Expected ] at character 4")]
    [InlineData("a[?b=='c'", "Expected ] at character 10")]
    [InlineData("a[99999999999]", "Expected a position, a condition that begins with ?, or ] at character 3")]
    [InlineData("'open", "No closing ' at character 1")]
    [InlineData("\"open", "No closing \" at character 1")]
    [InlineData("a ||", "Expected an expression at character 5")]
    [InlineData("@nobody", "Unknown @nobody at character 2")]
    [InlineData("eval(a)", "Unknown function eval at character 1")]
    [InlineData("worst(a)", "Expected , at character 8")]
    [InlineData("(a", "Expected ) at character 3")]
    [InlineData("$oid", "Expected an expression at character 1")]
    public void An_invalid_expression_is_reported_with_its_place(string expression, string message)
    {
        var exception = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(expression));
        Assert.Equal($"{message} of \"{expression}\"", exception.Message);
    }

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('(', 10_000) + "a" + new string(')', 10_000)));

    [Theory]
    [InlineData("a.b.c", "detail_a_b_c", "deep")]
    [InlineData("instance-id", "detail_instance_id", "i-1")]
    [InlineData("items[1].n", "detail_items_1_n", "12")]
    [InlineData("items[?k=='w'].n", "detail_items_1_n", "12")]
    [InlineData("items[?k=='w'] | [0].n", "detail_items_1_n", "12")]
    [InlineData("items[].n", null, null)]
    [InlineData("missing.n", null, null)]
    public void A_path_has_the_label_that_its_value_has(string expression, string? name, string? value)
    {
        var label = LabelPath.Resolve(ExpressionParser.Parse(expression), Scope);
        Assert.Equal(name, label?.Name);
        Assert.Equal(value, label is var (_, element) ? ScalarText.Read(element) : null);
    }

    [Theory]
    [InlineData("a.b.c", "b.c")]
    [InlineData("items[0].n", "items.n")]
    [InlineData("items[?k=='v'] | [0].n", "n")]
    [InlineData("missing || name", "missing")]
    public void A_fact_is_named_by_the_end_of_its_path(string expression, string name) =>
        Assert.Equal(name, ExpressionParser.Parse(expression).Name);

    private static string? Evaluate(string expression) => ExpressionParser.Parse(expression).Evaluate(Scope).ToText();
}
