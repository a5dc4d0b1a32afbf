using System.Diagnostics;
using System.Text;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Logging;
using Flashduty.Lambda.Routing;
using Flashduty.Lambda.Secrets;

namespace Flashduty.Lambda.Tests.Routing;

/// <summary>A routes file with errors: what is right in it applies, what is wrong is logged, and no alert is lost.</summary>
public sealed class RoutesFileTests : IDisposable
{
    private const string X = """[{"key":"labels.x","oper":"IN","vals":["1"]}]""";
    private const string BadCase = """{"if":[{"key":"labels.x","oper":"IS","vals":["1"]}],"channels":["b"]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly MemoryStream _log = new();

    private string FilePath => Path.Combine(_folder, "routes.json");

    private string Logged => Encoding.UTF8.GetString(_log.ToArray());

    [Fact]
    public void Without_a_routes_file_the_integration_is_private()
    {
        Assert.Equal((Channel.IntegrationName, false), Route(Load(isRequired: false)));
        Assert.Empty(Logged);
    }

    [Fact]
    public void A_file_without_errors_is_not_a_misconfiguration()
    {
        File.WriteAllText(FilePath, $$"""{"cases":[{"if":{{X}},"channels":["a"]}],"default":{"channels":["c"]} }""");

        Assert.Equal(("a", false), Route(Load(), ("x", "1")));
        Assert.Equal(("c", false), Route(Load()));
        Assert.Empty(Logged);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{oops")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_file_that_cannot_be_used_leaves_every_alert_to_the_integration_key(string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(FilePath, text);
        }

        var router = Load();

        Assert.Contains(FilePath, Logged);
        Assert.Equal((Channel.IntegrationName, true), Route(router));
        Assert.Equal((Channel.IntegrationName, true), Route(router, ("x", "1")));
    }

    [Theory]
    [InlineData(BadCase)]
    [InlineData("""{"if":[{"key":"title","oper":"IN","vals":["/(/"]}],"channels":["b"]}""")]
    [InlineData("""{"if":[{"key":"titel","oper":"IN","vals":["a"]}],"channels":["b"]}""")]
    [InlineData("""{"if":[],"if":[],"channels":["b"]}""")]
    [InlineData("""{"if":[],"channels":"b"}""")]
    [InlineData("7")]
    public void A_case_with_an_error_is_skipped_and_the_others_apply(string badCase)
    {
        File.WriteAllText(
            FilePath,
            $$"""
            {
              "cases": [
                { "if": {{X}}, "channels": ["a"], "fallthrough": true },
                {{badCase}},
                { "if": [], "channels": ["c"] }
              ]
            }
            """);
        var router = Load();

        Assert.Contains("cases[1]", Logged);
        Assert.Contains("only the 2 cases without one are used", Logged);
        Assert.Equal(("a,c", true), Route(router, ("x", "1")));
        Assert.Equal(("c", true), Route(router));
    }

    [Fact]
    public void An_error_of_the_default_does_not_switch_off_the_cases()
    {
        File.WriteAllText(FilePath, $$"""{"cases":[{"if":{{X}},"channels":["a"]}],"default":{"channels":7} }""");
        var router = Load();

        Assert.Equal(("a", true), Route(router, ("x", "1")));
        Assert.Equal((Channel.IntegrationName, true), Route(router));
    }

    [Fact]
    public void An_unknown_property_is_a_warning_and_the_routes_apply()
    {
        File.WriteAllText(FilePath, """{"cases":[{"if":[],"channels":["a"],"falltrough":true}],"pauses":[]}""");

        Assert.Equal(("a", false), Route(Load()));
        Assert.Contains("\"level\":\"WARN\"", Logged);
        Assert.Contains("cases[0].falltrough: unknown property", Logged);
        Assert.Contains("pauses: unknown property", Logged);
    }

    [Theory]
    [InlineData("""{"cases":[{"if":[],"channels":["nobody"]}]}""")]
    [InlineData("""{"default":{"channels":["nobody"]}}""")]
    [InlineData("""{"cases":[{"if":[{"key":"labels.none","oper":"IN","vals":["*"]}],"channels":["a"]}]}""")]
    public void An_alert_that_cannot_be_placed_is_a_misconfiguration(string routes)
    {
        File.WriteAllText(FilePath, routes);

        Assert.Equal((Channel.IntegrationName, true), Route(Load()));
    }

    [Fact]
    public void A_bad_entry_of_the_secret_is_a_misconfiguration_with_and_without_routes()
    {
        var secret = IntegrationSecret.Parse("""{"integration_key":"own","a":"https://example.com/?integration_key=1"}""");
        File.WriteAllText(FilePath, """{"default":{"channels":["integration_key"]}}""");

        Load().Route(RouterFixture.Alert(), secret, out var isMisconfigured);
        Assert.True(isMisconfigured);
        new Router(null, new Log(_log, TimeProvider.System)).Route(RouterFixture.Alert(), secret, out isMisconfigured);
        Assert.True(isMisconfigured);
    }

    [Fact]
    public void A_file_larger_than_1_MiB_is_refused()
    {
        File.WriteAllText(FilePath, """{"default":{"channels":["a"]}}""" + new string(' ', JsonFile.MaxBytes));

        Assert.Equal((Channel.IntegrationName, true), Route(Load()));
        Assert.Contains("the limit is 1048576", Logged);
    }

    [Fact]
    public void A_directory_is_refused_even_in_the_default_place()
    {
        Directory.CreateDirectory(FilePath);

        Assert.Equal((Channel.IntegrationName, true), Route(Load(isRequired: false)));
        Assert.Contains(FilePath, Logged);
    }

    [Fact]
    public void A_device_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no device files on Windows.");
        File.CreateSymbolicLink(FilePath, "/dev/zero");

        Assert.Equal((Channel.IntegrationName, true), Route(Load()));
        Assert.Contains("not a regular file", Logged);
    }

    [Fact]
    public void A_FIFO_is_refused_without_waiting_for_its_writer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no FIFOs on Windows.");
        using (var mkfifo = Process.Start("mkfifo", [FilePath]))
        {
            mkfifo.WaitForExit();
        }

        Assert.Equal((Channel.IntegrationName, true), Route(Load()));
        Assert.Contains("not a regular file", Logged);
    }

    [Fact]
    public void A_symbolic_link_to_a_file_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need a privilege on Windows.");
        File.WriteAllText(FilePath + ".1", """{"default":{"channels":["a"]}}""");
        File.CreateSymbolicLink(FilePath, FilePath + ".1");

        Assert.Equal(("a", false), Route(Load()));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _log.Dispose();
    }

    private Router Load(bool isRequired = true) =>
        Router.Load(FilePath, isRequired, new Log(_log, TimeProvider.System));

    private static (string Channels, bool IsMisconfigured) Route(Router router, params (string Name, string Value)[] labels)
    {
        var channels = router.Route(RouterFixture.Alert(labels), RouterFixture.Secret, out var isMisconfigured);
        return (string.Join(',', channels.Select(channel => channel.Name)), isMisconfigured);
    }
}
