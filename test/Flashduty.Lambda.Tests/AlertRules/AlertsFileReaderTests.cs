using Flashduty.Lambda.AlertRules;
using Flashduty.Lambda.Json;
using NJsonSchema;

namespace Flashduty.Lambda.Tests.AlertRules;

public sealed class AlertsFileReaderTests
{
    [Theory]
    [InlineData("""[]""", "the document: is a list, not an object")]
    [InlineData("""{"alerts":{}}""", "alerts: is an object, not a list of rules")]
    [InlineData("""{"alerts":[{"title":"x"}]}""", "alerts[0]: \"if\" is missing")]
    [InlineData("""{"alerts":[{"if":[],"title":"{a"}]}""", "alerts[0].title: Expected } at character 3 of \"{a\"")]
    [InlineData("""{"alerts":[{"if":[],"title":3}]}""", "alerts[0].title: is a number, not a string, in quotes")]
    [InlineData("""{"alerts":[{"if":[],"key":["a..b"]}]}""", "alerts[0].key[0]: Expected a name after the dot at character 3 of \"a..b\"")]
    [InlineData("""{"alerts":[{"if":[{"key":"nothing","oper":"IN","vals":["a"]}]}]}""", "alerts[0].if[0].key: \"nothing\" is not one of")]
    [InlineData("""{"alerts":[{"if":[],"link":"{url}"}]}""", "alerts[0].link: must begin with https://HOST/")]
    [InlineData("""{"alerts":[{"if":[],"link":"https://{host}/x"}]}""", "alerts[0].link: must begin with https://HOST/")]
    [InlineData("""{"alerts":[{"if":[],"link":"https://a.example.com{x}/"}]}""", "alerts[0].link: must begin with https://HOST/")]
    [InlineData("""{"alerts":[{"if":[],"link":"javascript:{x}"}]}""", "alerts[0].link: must begin with https://HOST/")]
    [InlineData("""{"alerts":[{"if":[],"link":"//{host}/x"}]}""", "alerts[0].link: must begin with https://HOST/")]
    [InlineData("""{"alerts":[{"if":[],"labels":{"layer_person_reset_1":"{x}"}}]}""", "alerts[0].labels: layer_person_reset_1 steers Flashduty")]
    [InlineData("""{"alerts":[{"if":[],"labels":{"a-b":"x"}}]}""", "alerts[0].labels.a-b: is not a label's name")]
    [InlineData("""{"alerts":[{"if":[],"labels":{"source":"x"}}]}""", "alerts[0].labels.source: is a label of the event itself")]
    [InlineData("""{"alerts":[{"if":[],"omit":["a || b"]}]}""", "alerts[0].omit: must be paths")]
    [InlineData("""{"accounts":{"1":{"name":"x"}}}""", "accounts.1: is not an account id of twelve digits")]
    [InlineData("""{"alerts":""", "line 1, byte")]
    public void Errors_name_their_place(string json, string error)
    {
        var diagnostics = new JsonDiagnostics();
        Rules.Read(json, diagnostics);
        Assert.StartsWith(error, Assert.Single(diagnostics.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_property_is_a_warning_so_that_a_newer_file_still_applies()
    {
        var diagnostics = new JsonDiagnostics();
        var rules = Rules.Read("""{"alerts":[{"if":[],"title":"x","colour":"red"}]}""", diagnostics);
        Assert.Empty(diagnostics.Errors);
        Assert.StartsWith("alerts[0].colour: unknown property", Assert.Single(diagnostics.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, rules.Count);
    }

    [Fact]
    public void Rule_with_an_error_is_left_out_and_the_others_apply()
    {
        var rules = Rules.Read("""{"alerts":[{"if":[],"title":"{"},{"if":[],"title":"good"}]}""");
        Assert.True(rules.HasErrors);
        Assert.Equal("good", Rules.Alert(rules, SampleAlertEvents.Order(), out var hasErrors).Title);
        Assert.True(hasErrors);
    }

    [Fact]
    public async Task The_example_is_valid_and_fits_the_schema()
    {
        var path = Repository.PathOf("alerts.example.jsonc");
        var diagnostics = new JsonDiagnostics();
        var rules = AlertsFileReader.Read(File.ReadAllBytes(path), diagnostics);
        Assert.Equal(0, diagnostics.Errors.Count + diagnostics.Warnings.Count);
        Assert.Equal(2, rules.Count);

        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("alerts.schema.json"), TestContext.Current.CancellationToken);
        using var document = System.Text.Json.JsonDocument.Parse(
            File.ReadAllBytes(path),
            new System.Text.Json.JsonDocumentOptions { CommentHandling = System.Text.Json.JsonCommentHandling.Skip });
        Assert.Empty(schema.Validate(System.Text.Json.JsonSerializer.Serialize(document.RootElement)));
        Assert.NotEmpty(schema.Validate("""{"alerts":[{"if":[],"colour":"red"}]}"""));
    }
}
