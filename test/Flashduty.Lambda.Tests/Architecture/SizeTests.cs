namespace Flashduty.Lambda.Tests.Architecture;

/// <summary>Small files with one reason to change, in folders that can be read at a glance.</summary>
public sealed class SizeTests
{
    private const int MaxFilesInFolder = 15;
    private const int MaxLines = 250;
    private const int MaxColumns = 140;

    /// <summary>Where line lengths are held. Tables of data may be wider.</summary>
    private static readonly string[] NarrowFolders =
    [
        "src/Flashduty.Lambda/Errors", "src/Flashduty.Lambda/Limits", "src/Flashduty.Lambda/Json", "src/Flashduty.Lambda/Logging",
        "src/Flashduty.Lambda/Receiving", "src/Flashduty.Lambda/Secrets", "src/Flashduty.Lambda/Authorization",
        "src/Flashduty.Lambda/Responses",
        "test/Flashduty.Lambda.Tests/Architecture",
    ];

    private static readonly string[] WideFiles =
    [
        "src/Flashduty.Lambda/Logging/EmbeddedMetrics.cs", // the directives, as CloudWatch takes them
    ];

    private static readonly string[] LongFiles =
    [
        "test/Flashduty.Lambda.Tests/Normalization/FieldInferenceTests.cs", // a table of cases
        "test/Flashduty.Lambda.Tests/Secrets/SecretCacheTests.cs",
        "test/Flashduty.Lambda.Local.Tests/Commands/FaultTests.cs",
        "src/Amazon.Lambda.Polyfills/RuntimeSupport/RuntimeApiConnection.cs",
        "src/Flashduty.Lambda/Normalization/EventTypes/Expressions/ExpressionParser.cs",
        "src/Flashduty.Lambda/Normalization/Values/SecretText.cs",
    ];

    [Fact]
    public void Folder_has_at_most_15_source_files() =>
        Assert.Empty(SourceFiles.In("src", "test")
            .GroupBy(file => Path.GetDirectoryName(file)!)
            .Where(folder => folder.Count() > MaxFilesInFolder)
            .Select(folder => $"{folder.Key}: {folder.Count()} files"));

    [Fact]
    public void File_has_at_most_250_lines() =>
        Assert.Empty(SourceFiles.In("src", "test")
            .Except(LongFiles)
            .Select(file => (File: file, Lines: SourceFiles.Lines(file).Length))
            .Where(file => file.Lines > MaxLines)
            .Select(file => $"{file.File}: {file.Lines} lines"));

    [Fact]
    public void Line_has_at_most_140_characters() =>
        Assert.Empty(SourceFiles.In(NarrowFolders)
            .Except(WideFiles)
            .SelectMany(file => SourceFiles.Lines(file)
                .Select((line, i) => (line.Length, Place: $"{file}:{i + 1}"))
                .Where(line => line.Length > MaxColumns))
            .Select(line => $"{line.Place}: {line.Length} characters"));
}
