using Flashduty.Lambda.Normalization.EventTypes.Expressions;

namespace Flashduty.Lambda.Tests.Normalization.EventTypes;

public sealed class TemplateTests
{
    private static readonly ExpressionScope Scope =
        new(SampleEvents.Of("com.example", "Order", """{"id":"A-1","state":"{{ late }}","arn":"arn:aws:sqs:us-east-1:1:jobs"}"""));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("order {id} is {state}", "order A-1 is {{ late }}")]
    [InlineData("{id}", "A-1")]
    [InlineData("{{{id}}}", "{A-1}")]
    [InlineData("{{id}}", "{id}")]
    [InlineData("order {missing}", null)]
    [InlineData("order {missing || 'unknown'}", "order unknown")]
    [InlineData("{ id }", "A-1")]
    [InlineData("{'}'}", "}")]
    public void Expressions_in_braces_are_replaced(string template, string? text) => Assert.Equal(text, Template.Parse(template).Evaluate(Scope));

    [Theory]
    [InlineData("order {id", "Expected } at character 10")]
    [InlineData("order }", "A } without a {; write }} for the character itself, at character 7")]
    [InlineData("order {}", "Expected an expression at character 8")]
    public void An_invalid_template_is_reported_with_its_place(string template, string message) =>
        Assert.Equal($"{message} of \"{template}\"", Assert.Throws<ExpressionException>(() => Template.Parse(template)).Message);

    [Fact]
    public void Values_are_shaped_and_text_is_not() =>
        Assert.Equal("arn:aws JOBS", Template.Parse("arn:aws {arn}").Evaluate(Scope, static value => value[(value.LastIndexOf(':') + 1)..].ToUpperInvariant()));

    [Fact]
    public void A_value_is_never_read_as_a_template() => Assert.Equal("{{ late }}", Template.Parse("{state}").Evaluate(Scope));
}
