namespace Deployment.Tests.Stack;

/// <summary>What the Makefile says where it cannot build, before minutes were spent on it. That it builds is for the end-to-end tests.</summary>
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

    private static (int ExitCode, string Errors) Make(params string[] variables)
    {
        ExternalTool.RequireOrSkip("make", "apt-get install make");
        var result = ExternalTool.RunAsync("make", ["--makefile", Repository.PathOf("Makefile"), "toolchain", .. variables]).GetAwaiter().GetResult();
        return (result.ExitCode, result.Errors);
    }
}
