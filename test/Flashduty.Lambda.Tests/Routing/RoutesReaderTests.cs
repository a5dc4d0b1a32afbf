using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Flashduty.Lambda.Routing;
using NJsonSchema;

namespace Flashduty.Lambda.Tests.Routing;

public sealed class RoutesReaderTests
{
    private const string Condition = "{'key':'title','oper':'IN','vals':['a']}";

    private static IReadOnlyList<string> Errors(string text)
    {
        RoutesReader.Read(Encoding.UTF8.GetBytes(Document(text)), out var errors);
        return errors;
    }

    private static string Times(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

    // Single quotes stand for JSON's, so that the documents can be read.
    private static string Document(string text) => text.Replace('\'', '"');

    private static string WithCase(string members) => $"{{'cases':[{{{members}}}]}}";

    private static string WithCondition(string members) => WithCase($"'if':[{{{members}}}],'channels':['a']");

    public static TheoryData<string, bool> Documents => new()
    {
        { "{'default':{'channels':['a']}}", true },
        { "{'cases':[],'default':{'channels':['a']}}", true },
        { "{'$schema':'./routes.schema.json','default':{'channels':['a']}}", true },
        { WithCase("'if':[],'channels':['a']"), true },
        { WithCase($"'if':[{Condition}],'channels':['a','b'],'fallthrough':true,'routing_mode':'standard'"), true },
        { WithCase($"'if':[[{Condition}],[{Condition},{Condition}]],'channels':['a']"), true },
        { WithCase("'if':[],'routing_mode':'name_mapping','name_mapping_label':'labels.team'"), true },
        { WithCondition("'key':'labels.a_B9','oper':'NOTIN','vals':['*']"), true },
        { WithCondition($"'key':'severity','oper':'IN','vals':['{new string('a', 2048)}']"), true },
        { WithCondition($"'key':'severity','oper':'IN','vals':[{Times(100, "'a'")}]"), true },
        { WithCase($"'if':[{Times(50, Condition)}],'channels':['a']"), true },
        { $"{{'cases':[{Times(100, "{'if':[],'channels':['a']}")}]}}", true },
        { "{}", false },
        { "[]", false },
        { "null", false },
        { "{'cases':[]}", false },
        { "{'cases':{}}", false },
        { "{'case':[],'default':{'channels':['a']}}", false },
        { "{'default':{}}", false },
        { "{'default':{'channels':[]}}", false },
        { "{'default':{'channels':'a'}}", false },
        { "{'default':{'channels':['']}}", false },
        { "{'default':{'channels':[7]}}", false },
        { "{'default':{'channels':['a'],'other':1}}", false },
        { "{'cases':['a']}", false },
        { WithCase("'channels':['a']"), false },
        { WithCase("'if':[]"), false },
        { WithCase("'if':{},'channels':['a']"), false },
        { WithCase("'if':['a'],'channels':['a']"), false },
        { WithCase("'if':[[]],'channels':['a']"), false },
        { WithCase($"'if':[[{Condition}],{Condition}],'channels':['a']"), false },
        { WithCase("'if':[],'channels':['a'],'fallthrough':'true'"), false },
        { WithCase("'if':[],'channels':['a'],'falltrough':true"), false },
        { WithCase("'if':[],'channels':['a'],'routing_mode':'mapping'"), false },
        { WithCase("'if':[],'channels':['a'],'routing_mode':'name_mapping','name_mapping_label':'labels.t'"), false },
        { WithCase("'if':[],'channels':['a'],'name_mapping_label':'labels.t'"), false },
        { WithCase("'if':[],'routing_mode':'name_mapping'"), false },
        { WithCase("'if':[],'routing_mode':'name_mapping','name_mapping_label':'team'"), false },
        { WithCondition("'oper':'IN','vals':['a']"), false },
        { WithCondition("'key':'title','vals':['a']"), false },
        { WithCondition("'key':'title','oper':'IN'"), false },
        { WithCondition("'key':'titel','oper':'IN','vals':['a']"), false },
        { WithCondition("'key':'labels.','oper':'IN','vals':['a']"), false },
        { WithCondition("'key':'labels.9a','oper':'IN','vals':['a']"), false },
        { WithCondition("'key':'labels.a-b','oper':'IN','vals':['a']"), false },
        { WithCondition("'key':'title','oper':'EQ','vals':['a']"), false },
        { WithCondition("'key':'title','oper':'in','vals':['a']"), false },
        { WithCondition("'key':'title','oper':'IN','vals':[]"), false },
        { WithCondition("'key':'title','oper':'IN','vals':'a'"), false },
        { WithCondition("'key':'title','oper':'IN','vals':[1]"), false },
        { WithCondition("'key':'title','oper':'IN','vals':['a'],'not':true"), false },
        { WithCondition($"'key':'title','oper':'IN','vals':['{new string('a', 2049)}']"), false },
        { WithCondition($"'key':'title','oper':'IN','vals':[{Times(101, "'a'")}]"), false },
        { WithCase($"'if':[{Times(51, Condition)}],'channels':['a']"), false },
        { $"{{'cases':[{Times(101, "{'if':[],'channels':['a']}")}]}}", false },
    };

    [Theory]
    [MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public async Task Parser_and_schema_agree(string document, bool isValid)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Folder(), "routes.schema.json"), TestContext.Current.CancellationToken);

        Assert.Equal(isValid, Errors(document).Count == 0);
        Assert.Equal(isValid, schema.Validate(Document(document)).Count == 0);
    }

    [Theory]
    [InlineData("""{"cases":[{"if":[{"key":"title","oper":"EQ","vals":["a"]}],"channels":["a"]}]}""", """cases[0].if[0].oper: "EQ" is neither IN nor NOTIN""")]
    [InlineData("""{"cases":[{"if":[[{"key":"titel","oper":"IN","vals":["a"]}]],"channels":["a"]}]}""", "cases[0].if[0][0].key: \"titel\" is none of")]
    [InlineData("""{"cases":[{"if":[{"key":"title","oper":"IN","vals":["a","/(/"]}],"channels":["a"]}]}""", "cases[0].if[0].vals[1]: /(/ is no regular expression")]
    [InlineData("""{"cases":[{"if":[],"channels":["a"],"falltrough":true}]}""", "cases[0].falltrough: is unknown here")]
    [InlineData("""{"cases":[{"if":[],"if":[],"channels":["a"]}]}""", "cases[0].if: is there twice")]
    [InlineData("""{"default":{"channels":[]}}""", "default.channels: is empty")]
    [InlineData("{\n  \"cases\": [}", "line 2, byte")]
    [InlineData("", "no JSON")]
    public void A_mistake_is_told_with_its_place(string document, string expected) =>
        Assert.Contains(Errors(document), error => error.Contains(expected));

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var errors = Errors("""{"x":1,"cases":[{"if":[{"key":"k","oper":"o","vals":["num:x"]}],"channels":[]},{"if":1}],"default":2}""");

        Assert.All(
            ["x:", "cases[0].if[0].key:", "cases[0].if[0].oper:", "cases[0].if[0].vals[0]:", "cases[0].channels:", "cases[1].if:", "cases[1]:", "default:"],
            place => Assert.Contains(errors, error => error.StartsWith(place)));
    }

    [Fact]
    public async Task The_example_is_valid()
    {
        var example = await File.ReadAllTextAsync(Path.Combine(Folder(), "routes.example.jsonc"), TestContext.Current.CancellationToken);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Folder(), "routes.schema.json"), TestContext.Current.CancellationToken);
        using var withoutComments = JsonDocument.Parse(example, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        RoutesReader.Read(Encoding.UTF8.GetBytes(example), out var errors);
        Assert.Empty(errors);
        Assert.Empty(schema.Validate(JsonSerializer.Serialize(withoutComments)));
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "src", "Flashduty.Lambda"));
}
