using System.Text.RegularExpressions;

namespace Flashduty.Lambda.Tests.Architecture;

/// <summary>Code, messages and guides speak plain English, as engineers write it.</summary>
public sealed partial class WordingTests
{
    private static readonly string[] Extensions = [".cs", ".md", ".yaml", ".props", ".csproj"];

    public static TheoryData<string> Phrases() =>
    [
        "is none", "tries again", "tried again", "in place of", "goes on", "mistake", "just if", "is the most", "are the most",
        "said twice",
        "function listens", "ends this", "nothing is here", "is said to be", "no JSON", "slept past", "half of it by chance", "fare better",
        "on one screen", "is there twice", "is unknown here", "nobody foresaw", "nobody promises", "nobody's guess",
        "cannot take the secret's place",
        "no second alert", "click together", "which RE2 has not", "is no regular expression", "neither its latency",
    ];

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Riddle_is_said_plainly(string phrase) =>
        Assert.Empty(Texts()
            .Where(text => Regex.IsMatch(text.Content, $@"\b{Regex.Escape(phrase)}\b", RegexOptions.IgnoreCase))
            .Select(text => text.File));

    [Fact]
    public void Test_name_says_what_is_expected_of_what() =>
        Assert.Empty(
            from file in SourceFiles.In("test")
            from line in SourceFiles.Lines(file)
            let name = TestName().Match(line)
            where name.Success
            select $"{file}: {name.Value}");

    private static IEnumerable<(string File, string Content)> Texts() =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md"))
            .Concat([Repository.PathOf("README.md"), Repository.PathOf("template.yaml"), Repository.PathOf("CONTRIBUTING.md")])
            .Where(path => Extensions.Contains(Path.GetExtension(path)))
            .Select(path => (Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))
            .Where(text => !text.Item1.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"public (static )?(async )?(void|Task|ValueTask) (What|Whatever|Of|With|Among)_\w*")]
    private static partial Regex TestName();
}
