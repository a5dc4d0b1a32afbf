using CsCheck;
using Flashduty.Lambda.Normalization;
using Flashduty.Lambda.Normalization.Writing;

namespace Flashduty.Lambda.Tests.Normalization;

/// <summary>Flashduty evaluates templates in a title: nothing an event says may become one.</summary>
public sealed class TemplateGuardTests
{
    [Theory]
    [InlineData("[TPL]${resource}", "［TPL]＄{resource}")]
    [InlineData("[TPL]{{.Labels.account}}", "［TPL]｛{.Labels.account}}")]
    [InlineData("$resource::$check", "＄resource：:＄check")]
    [InlineData("$resource", "＄resource")]
    [InlineData("[T[TPL]PL]x", "[T［TPL]PL]x")]
    [InlineData("[\u200BTPL]${x}", "［TPL]＄{x}")]
    [InlineData("[T\u200DPL]${x}", "［TPL]＄{x}")]
    [InlineData("[ tpl ]", "［ tpl ]")]
    [InlineData("{\u200B{.Title}}", "｛{.Title}}")]
    [InlineData("{{{.Title}}}", "｛｛{.Title}}}")]
    [InlineData("$\u202E{x}", "＄{x}")]
    [InlineData(":\u2060:$check", "：:＄check")]
    [InlineData("costs 5$ a day at 10:00, see [TOPLINE] {a}", "costs 5＄ a day at 10:00, see [TOPLINE] {a}")]
    [InlineData("line\nbreak\r\n\ttab", "line break tab")]
    [InlineData("a\u202Ebad\u202C \u0007bell", "abad bell")]
    public void Text_of_an_event_is_shown_and_not_evaluated(string text, string shown)
    {
        var detail = $$"""{"title":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""";
        var alert = new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Of("aws.guardduty", "GuardDuty Finding", detail));
        Assert.Equal(shown, alert.Title);
        AlertRules.Check(alert);
    }

    [Theory]
    [InlineData("[TPL]${check}", "com.example", """{"id":"1"}""")]
    [InlineData("$check", "com.example", """{"id":"::$source","state":"[TPL]{{.Title}}"}""")]
    [InlineData("x:", "com.example", """{"id":":$check"}""")]
    [InlineData("[", "com.example", """{"id":"TPL]${x}"}""")]
    public void Parts_that_are_harmless_alone_make_no_template_together(string detailType, string source, string detail) =>
        AlertRules.Check(new Normalizer(AlertKeyOptions.Default).Normalize(SampleEvents.Of(source, detailType, detail)));

    [Fact]
    public void No_text_makes_a_template()
    {
        var pieces = Gen.OneOf("[TPL]", "[", "TPL", "]", "$", "${", "{", "{{", "}}", ":", "::", "$check", "\u200B", "\u200D", "\u202E", "\n", " ", "é", "🔥", "\uD83D", "a", "[tpl]", "…", "\0");
        Gen.Select(pieces.Array[0, 200].Select(string.Concat), pieces.Array[0, 6].Select(string.Concat)).Sample((headline, type) =>
        {
            var json = $$"""{"title":{{System.Text.Json.JsonSerializer.Serialize(headline)}},"id":{{System.Text.Json.JsonSerializer.Serialize(type)}}}""";
            var e = SampleEvents.Of("aws.guardduty", "GuardDuty Finding", json);
            AlertRules.Check(new Normalizer(AlertKeyOptions.Default).Normalize(e));
            AlertRules.Check(new Normalizer(AlertKeyOptions.Default).Normalize(e with { Source = "acme", DetailType = "x" + type }));
        });
    }
}
