using System.Text;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>A field's name as words, whatever its casing: <c>instance-id</c>, <c>instanceId</c>, <c>InstanceID</c>, <c>instance_id</c> and
/// <c>Instance Id</c> are all <c>instance id</c>.</summary>
internal static class NameTokenizer
{
    /// <summary>Longer names are no words a rule knows, and are not read to their end.</summary>
    private const int Longest = 100;

    /// <returns>Lower case, one space between two words, none at the ends.</returns>
    public static string Tokenize(string name)
    {
        if (IsOneWord(name))
        {
            return name;
        }

        var length = Math.Min(name.Length, Longest);
        var words = new StringBuilder(length + 8);
        for (var i = 0; i < length; i++)
        {
            var c = name[i];
            if (!char.IsLetterOrDigit(c))
            {
                Separate(words);
                continue;
            }

            if (char.IsUpper(c) && i > 0 && BeginsWord(name, i, length))
            {
                Separate(words);
            }

            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString().TrimEnd();
    }

    /// <summary>As <see cref="Tokenize"/>; and <c>alertname</c> is <c>alert name</c>, and Salesforce's <c>Status__c</c> is
    /// <c>status</c>.</summary>
    public static string TokenizeFieldName(string name)
    {
        const string Name = "name";
        const string Custom = "__c";
        var words = Tokenize(name.EndsWith(Custom, StringComparison.Ordinal) ? name[..^Custom.Length] : name);
        var endsWithName = words.Length > Name.Length && words.EndsWith(Name, StringComparison.Ordinal) && words[^(Name.Length + 1)] != ' ';
        return endsWithName ? $"{words[..^Name.Length]} {Name}" : words;
    }

    /// <summary>An upper-case letter begins a word after a lower-case one, and before one (<c>DBInstance</c>), but not the s of a plural
    /// abbreviation (<c>IDs</c>).</summary>
    private static bool BeginsWord(string name, int index, int length)
    {
        var previous = name[index - 1];
        if (char.IsLower(previous))
        {
            return true;
        }

        var beforeLower = index + 1 < length && char.IsLower(name[index + 1]);
        var pluralEnds = beforeLower && name[index + 1] == 's' && (index + 2 == length || !char.IsLower(name[index + 2]));
        return char.IsLetterOrDigit(previous) && beforeLower && !pluralEnds;
    }

    private static void Separate(StringBuilder words)
    {
        if (words.Length > 0 && words[^1] != ' ')
        {
            words.Append(' ');
        }
    }

    private static bool IsOneWord(string name)
    {
        if (name.Length > Longest)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9'))
            {
                return false;
            }
        }

        return true;
    }

    public static ReadOnlySpan<char> Last(ReadOnlySpan<char> words) => words[(words.LastIndexOf(' ') + 1)..];

    /// <summary>All but the last word.</summary>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> words) => words.LastIndexOf(' ') is var space and >= 0 ? words[..space] : default;

    public static bool Contain(ReadOnlySpan<char> words, ReadOnlySpan<char> word)
    {
        foreach (var range in words.Split(' '))
        {
            if (Same(words[range], word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same word, in the singular or the plural.</summary>
    public static bool Same(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => Singular(a).SequenceEqual(Singular(b));

    private static ReadOnlySpan<char> Singular(ReadOnlySpan<char> word) => word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;
}
