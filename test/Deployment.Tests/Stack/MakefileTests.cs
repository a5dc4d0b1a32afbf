namespace Deployment.Tests.Stack;

/// <summary>What the Makefile says where it cannot build, before minutes were spent on it. That it builds is for the end-to-end
/// tests.</summary>
public sealed class MakefileTests
{
    [Fact]
    public void An_unknown_architecture_is_refused()
    {
        var (exitCode, errors) = Make("ARCHITECTURE=mips");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("ARCHITECTURE is \"mips\": use arm64 or x86_64.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cross_compiler_is_named_with_the_ways_around_it()
    {
        // A toolchain that no machine has.
        var (exitCode, errors) = Make("ARCHITECTURE=arm64", "HOST=Linux x86_64", "TRIPLE=no-such-toolchain");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("This x86_64 machine has no toolchain for arm64.", errors, StringComparison.Ordinal);
        Assert.Contains("apt-get install clang gcc-aarch64-linux-gnu", errors, StringComparison.Ordinal);
        Assert.Contains("sam build --use-container", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_that_is_not_Linux_is_sent_to_the_container()
    {
        var (exitCode, errors) = Make("HOST=Darwin arm64");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Build in a container: sam build --use-container", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_with_an_error_is_refused_with_its_place()
    {
        var result = await CheckAsync("""
            {
              "cases": [{ "if": [{ "key": "labels.source", "oper": "EQUALS", "vals": ["aws.rds"] }], "channels": ["dba"] }]
            }
            """);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("cases[0].if[0].oper", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains("routes.json has errors. Nothing was packed.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_without_errors_is_packed() =>
        Assert.Equal(0, (await CheckAsync("""{ "default": { "channels": ["platform"] } }""")).ExitCode);

    [Fact]
    public void Every_build_checks_the_files() =>
        Assert.Contains("build-EventBridgeFunction: toolchain check\n", Repository.Read("Makefile"), StringComparison.Ordinal);

    private static async Task<ToolResult> CheckAsync(string routes)
    {
        ExternalTool.RequireOrSkip("make", "apt-get install make");
        var folder = Directory.CreateTempSubdirectory("routes-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "routes.json"), routes);
            var local = Path.Combine(AppContext.BaseDirectory, "Flashduty.Lambda.Local.dll");
            return await ExternalTool.RunAsync("make",
                ["--makefile", Repository.PathOf("Makefile"), "check", $"LOCAL=dotnet {local}"], "", folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Errors) Make(params string[] variables)
    {
        ExternalTool.RequireOrSkip("make", "apt-get install make");
        var result = ExternalTool.RunAsync("make", ["--makefile", Repository.PathOf("Makefile"), "toolchain", .. variables])
            .GetAwaiter().GetResult();
        return (result.ExitCode, result.Errors);
    }
}
