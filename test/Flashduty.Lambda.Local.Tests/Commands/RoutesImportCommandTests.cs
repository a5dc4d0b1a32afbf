using System.Text;
using Flashduty.Lambda.Local.Commands;
using Flashduty.Lambda.Routing;
using Kit;

namespace Flashduty.Lambda.Local.Tests.Commands;

public sealed class RoutesImportCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Folder => Repository.PathOf("test", "Flashduty.Lambda.Tests", "Routing", "documents");

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Imported_document_says_the_same(string name)
    {
        var file = Path.Combine(Folder, name + ".json");
        Assert.Equal(0, await RunAsync(file));

        var original = RoutesFileReader.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), out _);
        var imported = RoutesFileReader.Read(Encoding.UTF8.GetBytes(_output.ToString()), out var errors);
        Assert.Empty(errors);
        Assert.Equal(Describe(original), Describe(imported));
    }

    [Fact]
    public async Task Channels_get_their_names_and_sections_become_comments()
    {
        Assert.Equal(0, await RunAsync(Path.Combine(Folder, "sections.json"), "--name", "2500000000001=compute", "--name", "3000000000001=platform"));

        Assert.Equal(
            """
            {
              "$schema": "./routes.schema.json",
              "cases": [
                {
                  /* Compute */
                  "if": [
                    {
                      "key": "labels.source",
                      "oper": "IN",
                      "vals": [
                        "aws.ec2"
                      ]
                    }
                  ],
                  "channels": [
                    "compute"
                  ],
                  "fallthrough": false
                },
                {
                  /* Databases */
                  "if": [
                    {
                      "key": "labels.source",
                      "oper": "IN",
                      "vals": [
                        "aws.rds"
                      ]
                    }
                  ],
                  "channels": [
                    "2500000000002"
                  ],
                  "fallthrough": false
                }
              ],
              "default": {
                "channels": [
                  "platform"
                ]
              }
            }

            """,
            _output.ToString());
        Assert.Contains("--name 2500000000002=NAME", _error.ToString());
        Assert.DoesNotContain("--name 2500000000001", _error.ToString());
    }

    [Fact]
    public async Task Document_is_read_from_standard_input()
    {
        Assert.Equal(0, await RunAsync("-", input: """{"request_id":"1","data":{"cases":null,"default":{"channel_ids":[7]}}}"""));
        Assert.Contains("\"7\"", _output.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"cases":[{"if":[{"key":"labels.a","oper":"IS","vals":["b"]}],"channel_ids":[1]}]}""")]
    public async Task Document_that_is_not_a_route_ends_with_2_and_writes_nothing(string document)
    {
        Assert.Equal(2, await RunAsync("-", input: document));
        Assert.NotEmpty(_error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("/nowhere/route.json")]
    [InlineData("-", "--name", "payments")]
    public async Task Unusable_arguments_end_with_2_and_the_reason(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.NotEmpty(_error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static string Describe(Routes routes)
    {
        var cases = routes.Cases.Select(routeCase =>
            string.Join(" or ", routeCase.Groups.Select(group => string.Join(" and ", group.Select(condition => condition.ToString()))))
            + $" → {string.Join(',', routeCase.Channels)} {routeCase.NameMapping?.Key} {routeCase.IsFallthrough}");
        return string.Join('\n', cases.Append($"default → {string.Join(',', routes.DefaultChannels)}")).Replace("alert_severity", "severity");
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(args, input: "");

    private Task<int> RunAsync(string file, string input) => RunAsync([file], input);

    private Task<int> RunAsync(string[] args, string input) => CommandLine.RunAsync(
        ["routes", "import", .. args],
        new CommandContext(_output, _error, _ => null, () => new MemoryStream(Encoding.UTF8.GetBytes(input))),
        TestContext.Current.CancellationToken);
}
