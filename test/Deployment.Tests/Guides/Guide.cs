namespace Deployment.Tests.Guides;

/// <summary>A page of docs: its tables, by the heading of their first column.</summary>
internal sealed class Guide
{
    private readonly List<(string Heading, IReadOnlyList<string> Cells)> _rows = [];

    public static Guide Read(string name)
    {
        var guide = new Guide();
        string? heading = null;
        foreach (var line in Repository.Read("docs", name).Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                heading = null;
                continue;
            }

            string[] cells = [.. line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries)];
            if (heading is null)
            {
                heading = cells[0];
            }
            else if (!line.StartsWith("|---", StringComparison.Ordinal))
            {
                guide._rows.Add((heading, cells));
            }
        }

        return guide;
    }

    /// <summary>The rows of all tables whose first column has a heading, the first cell without its backquotes.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows(string heading)
    {
        var rows = _rows.Where(row => row.Heading == heading)
            .Select(IReadOnlyList<string> (row) => [row.Cells[0].Trim('`'), .. row.Cells.Skip(1)]).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>The first cells of these rows, each of which may list several names.</summary>
    public IEnumerable<string> Names(string heading) =>
        Rows(heading).SelectMany(row => row[0].Split(',')).Select(name => name.Trim(' ', '`')).Distinct();

    /// <summary>What a link to a heading of the page ends in, as GitHub makes it.</summary>
    public static IEnumerable<string> Anchors(string text) => text.Split('\n')
        .Where(line => line.StartsWith('#'))
        .Select(line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-')
            .Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')));
}
