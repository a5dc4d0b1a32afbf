using System.Reflection;

namespace Flashduty.Lambda.Local.Page;

/// <summary>The files that are embedded in this program: the page itself, the sample events, the example of a routes file.</summary>
internal static class Assets
{
    private const string PagePrefix = "page/";
    private const string SamplePrefix = "samples/";
    private const string SampleSuffix = ".json";

    private static readonly Assembly Assembly = typeof(Assets).Assembly;

    /// <summary>The page's files, by path.</summary>
    public static IReadOnlyList<string> PageFiles { get; } = Names(PagePrefix);

    public static IReadOnlyList<string> SampleNames { get; } =
        [.. Names(SamplePrefix).Select(name => name[..^SampleSuffix.Length]).Order(StringComparer.Ordinal)];

    public static byte[] ReadPage(string path) => Read(PagePrefix + path);

    /// <returns>Null if there is no such sample.</returns>
    public static byte[]? ReadSample(string name) => SampleNames.Contains(name) ? Read(SamplePrefix + name + SampleSuffix) : null;

    public static byte[] Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };

    private static IReadOnlyList<string> Names(string prefix) =>
        [.. Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..])];
}
