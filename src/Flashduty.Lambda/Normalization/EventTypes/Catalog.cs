using System.Buffers;
using System.Collections.Concurrent;

namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>What is known of event types: a JSON file for each source, embedded in the executable. A file is read when an event of its
/// source comes, so that a cold start pays for one.</summary>
internal static class Catalog
{
    private const string PartnerPrefix = "aws.partner/";

    private static readonly SearchValues<char> FileNameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    private static readonly ConcurrentDictionary<string, CatalogFile> Files = new(StringComparer.Ordinal);

    /// <returns>Null for a type that is not in the catalog.</returns>
    public static AlertTemplate? Find(string source, string detailType)
    {
        // What CloudTrail records comes from every source.
        var recorded = detailType.EndsWith(" via CloudTrail", StringComparison.Ordinal) ? Load("cloudtrail")?.Find(detailType) : null;
        return recorded ?? Load(FileName(source))?.Find(detailType);
    }

    /// <summary>A partner's file is named by its domain; an account's own buses and queues are named in what follows it.</summary>
    private static string FileName(string source)
    {
        if (!source.StartsWith(PartnerPrefix, StringComparison.Ordinal))
        {
            return source == "lambda" ? "aws.lambda" : source;
        }

        var partner = source.AsSpan(PartnerPrefix.Length);
        return string.Concat("partner.", partner[..(partner.IndexOf('/') is var slash and >= 0 ? slash : partner.Length)]);
    }

    private static CatalogFile? Load(string name)
    {
        if (Files.TryGetValue(name, out var file))
        {
            return file;
        }

        // A source is the sender's text; only what may name a file is looked up.
        if (name.AsSpan().ContainsAnyExcept(FileNameCharacters))
        {
            return null;
        }

        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream(name + ".json");
        if (stream is null)
        {
            return null;
        }

        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return Files.GetOrAdd(name, CatalogFile.Parse(utf8));
    }
}
