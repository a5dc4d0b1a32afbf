using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using Flashduty.Lambda.Routing;
using NJsonSchema;

namespace Flashduty.Lambda.Tests.Routing;

public sealed class RoutesFileReaderTests
{
    private const string Condition = "{'key':'title','oper':'IN','vals':['a']}";

    private static IReadOnlyList<string> Errors(string text)
    {
        RoutesFileReader.Read(Encoding.UTF8.GetBytes(Document(text)), out var errors);
        return errors;
    }

    private static string Times(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

    // Single quotes stand for JSON's, so that the documents can be read.
    private static string Document(string text) => text.Replace('\'', '"');

    private static string WithCase(string members) => $"{{'cases':[{{{members}}}]}}";

    private static string WithCondition(string members) => WithCase($"'if':[{{{members}}}],'channels':['a']");

    private static string WithValue(string value) => WithCondition($"'key':'title','oper':'IN','vals':['{value}']");

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
        { WithValue("/a(b)?/"), true },
        { WithValue("cidr:10.0.0.206/24"), true },
        { WithValue("cidr:2001:db8::/32"), true },
        { WithValue("cidr:::ffff:10.0.0.0/104"), true },
        { WithValue("cidr:10.*"), true },
        { WithValue("cidr"), true },
        { WithValue("num:gt:-1.5e3"), true },
        { WithValue("num:le:.5"), true },
        { WithValue("num:?"), true },
        { WithValue("number"), true },
        { WithValue(""), true },
        { WithValue("/"), true },
        { WithValue("cidr:"), false },
        { WithValue("cidr:10.0.0.0"), false },
        { WithValue("cidr:host/8"), false },
        { WithValue("cidr:10.0.0.0/"), false },
        { WithValue("cidr: 10.0.0.0/8"), false },
        { WithValue("num:"), false },
        { WithValue("num:90"), false },
        { WithValue("num:eq:90"), false },
        { WithValue("num:gt:"), false },
        { WithValue("num:gt:90%"), false },
        { WithValue("num:gt: 90"), false },
        { WithValue("num:gt:NaN"), false },
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

    /// <summary>What a schema cannot say: whatever else the parser refuses, the schema refuses too.</summary>
    public static TheoryData<string> OnlyTheParserCanTell => new()
    {
        { WithValue("/(/") },
        { WithValue("cidr:10.0.0.0/33") },
        { WithValue("cidr:10.0.0/8") },
        { WithValue("cidr:010.0.0.0/8") },
        { WithValue("num:gt:1e999") },
        { WithCase("'if':[],'if':[],'channels':['a']") },
        { WithCase($"'if':[[{Times(26, Condition)}],[{Times(25, Condition)}]],'channels':['a']") },
    };

    [Theory]
    [MemberData(nameof(OnlyTheParserCanTell), DisableDiscoveryEnumeration = true)]
    public async Task The_parser_refuses_what_a_schema_cannot_say(string document)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Folder(), "routes.schema.json"), TestContext.Current.CancellationToken);

        Assert.NotEmpty(Errors(document));
        Assert.Empty(schema.Validate(Document(document)));
    }

    [Fact]
    public void A_value_is_measured_in_characters_not_in_code_units()
    {
        Assert.Empty(Errors(WithValue(string.Concat(Enumerable.Repeat("😀", 2048)))));
        Assert.NotEmpty(Errors(WithValue(string.Concat(Enumerable.Repeat("😀", 2049)))));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_what_is_not_UTF_8_is_refused()
    {
        RoutesFileReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. "{\"default\":{\"channels\":[\"a\"]}}"u8], out var errors);
        Assert.Empty(errors);

        RoutesFileReader.Read((byte[])[.. "{\"default\":{\"channels\":[\""u8, 0xE9, .. "\"]}}"u8], out errors);
        Assert.Equal(["the document: is not UTF-8"], errors);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed() =>
        Assert.Empty(Errors("// routes\n{ 'default': { 'channels': ['a', /* b */ ], }, }"));

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.Frequency(
                (1, Gen.Byte.Array[0, 40]),
                (3, Gen.Char["{}[]\",:\\/ acdefhilnorstuvIN1."].Array[0, 60].Select(text => Encoding.UTF8.GetBytes(text))))
            .Sample(text => RoutesFileReader.Read(text, out var errors) is not null && errors.All(error => error.Length > 0));

    [Theory]
    [InlineData("""{"cases":[{"if":[{"key":"title","oper":"EQ","vals":["a"]}],"channels":["a"]}]}""", """cases[0].if[0].oper: "EQ" is neither IN nor NOTIN""")]
    [InlineData("""{"cases":[{"if":[[{"key":"titel","oper":"IN","vals":["a"]}]],"channels":["a"]}]}""", "cases[0].if[0][0].key: \"titel\" is not one of")]
    [InlineData("""{"cases":[{"if":[{"key":"title","oper":"IN","vals":["a","/(/"]}],"channels":["a"]}]}""", "cases[0].if[0].vals[1]: /(/ is not a valid RE2 expression")]
    [InlineData("""{"cases":[{"if":[],"channels":["a"],"falltrough":true}]}""", "cases[0].falltrough: unknown property")]
    [InlineData("""{"cases":[{"if":[],"if":[],"channels":["a"]}]}""", "cases[0].if: duplicate property")]
    [InlineData("""{"default":{"channels":[]}}""", "default.channels: is empty")]
    [InlineData("{\n  \"cases\": [}", "line 2, byte")]
    [InlineData("", "invalid JSON")]
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

        RoutesFileReader.Read(Encoding.UTF8.GetBytes(example), out var errors);
        Assert.Empty(errors);
        Assert.Empty(schema.Validate(JsonSerializer.Serialize(withoutComments)));
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
