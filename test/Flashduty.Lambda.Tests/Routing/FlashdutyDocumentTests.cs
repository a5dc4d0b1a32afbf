using System.Text;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Normalization.Values;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;
using NJsonSchema;

namespace Flashduty.Lambda.Tests.Routing;

/// <summary>Route documents in the form of Flashduty's API: <c>documents</c> has one for each thing that it can say.</summary>
public sealed class FlashdutyDocumentTests
{
    private const string A = "2500000000001";
    private const string B = "2500000000002";
    private const string Default = "3000000000001";

    private static readonly IntegrationSecret Secret =
        IntegrationSecret.Parse($$"""{"integration_key":"own","{{A}}":"ka","{{B}}":"kb","{{Default}}":"kd","payments":"kp"}""");

    private static string Folder => Repository.PathOf("test", "Flashduty.Lambda.Tests", "Routing", "documents");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    /// <summary>Those that are a route, without the response around it.</summary>
    public static TheoryData<string> RouteNames =>
        [.. Names.Select(row => row.Data).Where(name => !name.StartsWith("response-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_of_Flashduty_loads_as_it_is(string name)
    {
        var diagnostics = new JsonDiagnostics();
        var routes = Read(name, diagnostics);

        Assert.Empty(diagnostics.Errors);
        Assert.Empty(diagnostics.Warnings);
        Assert.NotEmpty(diagnostics.Notes);
        Assert.False(routes.HasErrors);
    }

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task Document_of_Flashduty_is_valid_by_the_schema(string name)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("routes.schema.json"), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(File.ReadAllText(Path.Combine(Folder, name + ".json"))));
    }

    [Theory]
    [InlineData("severity", A)]
    [InlineData("alert-severity", A)]
    [InlineData("two-conditions", A)]
    [InlineData("or-groups", Default)]
    [InlineData("continue-matching", Default)]
    [InlineData("name-mapping", "payments")]
    [InlineData("name-mapping-empty-ids", Default)]
    [InlineData("label-is-missing", A)]
    [InlineData("no-default", "integration_key")]
    [InlineData("only-default", Default)]
    [InlineData("response-of-route-info", Default)]
    [InlineData("response-of-route-list", A)]
    [InlineData("request-of-route-upsert", B)]
    [InlineData("condition-free", A)]
    public void Id_of_a_channel_is_its_name_in_the_secret(string name, string expected)
    {
        var router = new Router(Read(name, new JsonDiagnostics()), new Log(Stream.Null, TimeProvider.System));
        var alert = new Alert(
            "title", "in AZ1", "eventbridge:k", [new("region", "us-east-1"), new("service", "payments"), new("source", "aws.ec2x")]);

        Assert.Equal([expected], router.Route(alert, Secret).Select(channel => channel.Name));
    }

    [Fact]
    public void Names_and_ids_of_channels_go_together()
    {
        var routes = RoutesFileReader.Read(
            Encoding.UTF8.GetBytes($$"""{"default":{"channels":["payments"],"channel_ids":[{{A}},"{{B}}"]} }"""), out var errors);

        Assert.Empty(errors);
        Assert.Equal([A, B, "payments"], routes.DefaultChannels);
    }

    [Theory]
    [InlineData("""{"default":{"channel_ids":7}}""", "default.channel_ids: is a number, not a list of channel ids")]
    [InlineData("""{"default":{"channel_ids":[true]}}""", "default.channel_ids[0]: is true or false, not a string")]
    [InlineData("""{"data":{"items":[{"default":{"channel_ids":[1]}},{"cases":[]}]}}""", "data.items: has 2 routes")]
    public void Wrong_document_is_refused_with_the_place(string document, string expected)
    {
        RoutesFileReader.Read(Encoding.UTF8.GetBytes(document), out var errors);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
    }

    private static Routes Read(string name, JsonDiagnostics diagnostics) =>
        RoutesFileReader.Read(File.ReadAllBytes(Path.Combine(Folder, name + ".json")), diagnostics);
}
