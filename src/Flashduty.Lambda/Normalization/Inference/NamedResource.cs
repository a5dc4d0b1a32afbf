using System.Text.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>What a name's last word says about how its value names something; the better for a title, the lower.</summary>
internal enum NameForm
{
    Name,
    Noun,
    Path,
    Number,
    Arn,
    Id,
    Tag,
    None,
}

/// <summary>What kind of resource a name is about; the more likely the one an event is about, the lower.</summary>
internal enum ResourceKind
{
    Thing,
    Actor,
    Occurrence,
    Surroundings,
}

/// <summary>A resource that an event's fields name: <c>repository-name</c> and <c>repositoryArn</c> name one.</summary>
/// <param name="Noun">What it is, in words; empty for what the event as a whole is about.</param>
/// <param name="Kind">See <see cref="ResourceKind"/>.</param>
/// <param name="Index">Where the detail type names it, counted from one; zero if it does not.</param>
/// <param name="Order">Its place among the event's resources.</param>
internal sealed record NamedResource(string Noun, ResourceKind Kind, int Index, int Order)
{
    /// <inheritdoc cref="NamedResource(string, ResourceKind, int, int)"/>
    public ResourceKind Kind { get; private set; } = Kind;

    private readonly List<(DetailField Field, NameForm Form)> _names = [];

    /// <summary>How near the event's top the first of its fields stands.</summary>
    public int Depth { get; private set; } = int.MaxValue;

    /// <summary>Of how many objects in an array it is the one that matters; zero outside an array.</summary>
    public int Among { get; private set; }

    public bool HasName { get; private set; }

    /// <summary>Whether only a noun such as <c>channel</c> names it, without saying that it is a name or an id.</summary>
    public bool IsNounOnly => _names.TrueForAll(static name => name.Form == NameForm.Noun);

    public bool IsContainer => FieldNameLexicon.IsContainer(NameTokenizer.Last(Noun));

    public bool IsEntity => FieldNameLexicon.IsEntityNoun(NameTokenizer.Last(Noun));

    public bool IsRepeated => FieldNameLexicon.IsRepeated(NameTokenizer.Last(Noun));

    public void Add(in DetailField field, NameForm form)
    {
        if (field.Depth < Depth)
        {
            Depth = field.Depth;
            Among = field.Among;
        }

        HasName |= form is NameForm.Name or NameForm.Noun or NameForm.Path;
        _names.Add((field, form));

        // What has a name lasts.
        if (form == NameForm.Name && Kind == ResourceKind.Occurrence && !FieldNameLexicon.Any(Noun, FieldNameLexicon.IsNeverLasting))
        {
            Kind = ResourceKind.Thing;
        }
    }

    /// <summary>As a person would say it: by its name, else by its path, number or id.</summary>
    public string Title => Arn.Shorten(Best(RankForTitle).Text);

    /// <summary>Whether the title is a name and not an id.</summary>
    public bool IsTitledByName => Best(RankForTitle).Form is NameForm.Name or NameForm.Noun or NameForm.Path;

    /// <summary>What tells it from others: its path, id or ARN; of what recurs under a name, such as a job, the name.</summary>
    public string Identity => IsRepeated || NameTokenizer.Last(Noun) is "job" or "task" or "step"
        ? Best(RankForTitle).Text
        : Best(static form => form is NameForm.Path ? -100 : form is NameForm.Id or NameForm.Arn ? -(int)form : (int)form).Text;

    public bool Has(string text)
    {
        foreach (var (field, _) in _names)
        {
            if (field.Text == text)
            {
                return true;
            }
        }

        return false;
    }

    private int RankForTitle(NameForm form) => form is NameForm.Number && _names.Exists(name => name.Form == NameForm.Id && name.Field.Depth < Depth + 1)
        && !_names.Exists(name => name.Form == NameForm.Number && name.Field.Depth <= Depth) ? (int)NameForm.Id + 1 : (int)form;

    private (string Text, NameForm Form) Best(Func<NameForm, int> rank)
    {
        var best = _names[0];
        foreach (var name in _names)
        {
            var (a, b) = (rank(name.Form), rank(best.Form));
            var isPlainer = name.Field.Depth < best.Field.Depth
                || (name.Field.Depth == best.Field.Depth && name.Field.Words.Length < best.Field.Words.Length);
            if (a < b || (a == b && isPlainer))
            {
                best = name;
            }
        }

        return (best.Field.Text, best.Form);
    }

    /// <summary>What a name is about: <c>repository</c> for <c>repository full name</c>, <c>workflow</c> for <c>workflow run name</c>, as what
    /// runs gives its runs its name.</summary>
    private static string NounOf(string words, NameForm form)
    {
        var noun = NameTokenizer.Stem(words);
        noun = NameTokenizer.Last(noun) is "full" or "display" or "short" or "friendly" or "common" ? NameTokenizer.Stem(noun) : noun;
        return (form == NameForm.Name && NameTokenizer.Last(noun) is "run" ? NameTokenizer.Stem(noun) : noun).ToString();
    }

    /// <summary><c>VOICE</c>: one of a few values, not a name.</summary>
    private static bool IsConstant(string text) => text.Length > 2 && text.AsSpan().IndexOfAnyExceptInRange('A', 'Z') < 0;

    /// <summary>Whether a value is an id as AWS makes them, whatever its field is called: <c>i-0abc12345678</c>, <c>use1-az2</c>, an
    /// ARN.</summary>
    private static bool IsResourceId(string text)
    {
        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return true;
        }

        var dash = text.IndexOf('-');
        var id = text.AsSpan(dash + 1);
        var prefix = text.AsSpan(0, Math.Max(dash, 0));
        return dash is > 0 and <= 12
            && ((id.Length is 8 or 17 && IsHex(id) && prefix.IndexOfAnyExceptInRange('a', 'z') < 0)
                || (id.Length == 3 && id.StartsWith("az") && char.IsAsciiDigit(id[2])));
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How a field names something, and what.</summary>
    public static (NameForm Form, string Noun) Read(in DetailField field, DetailTypeTerms terms)
    {
        const int MaxLength = 200;
        var words = field.Words;
        var last = NameTokenizer.Last(words);
        if (field is { IsText: false, IsNumber: false } || field.Text.Length > MaxLength || FieldNameLexicon.IsPreviousState(words)
            || FieldNameLexicon.IsAboutTime(words) || FieldNameLexicon.IsPlaceholder(field.Text))
        {
            return (NameForm.None, "");
        }

        var form = last switch
        {
            "name" or "names" or "fqdn" or "alias" or "identifier" => NameForm.Name,
            "path" or "key" => NameForm.Path,
            "number" or "sku" or "slug" => NameForm.Number,
            "arn" or "arns" => NameForm.Arn,
            "id" or "ids" or "uuid" or "guid" or "uid" or "oid" or "sid" => NameForm.Id,
            "ref" or "reference" or "handle" or "tag" or "tags" or "digest" or "email" or "address" or "url" or "uri" => NameForm.Tag,
            "summary" when FieldNameLexicon.IsContainer(NameTokenizer.Last(NameTokenizer.Stem(words))) => NameForm.Name,
            _ => NameForm.None,
        };
        if (form != NameForm.None)
        {
            var isValue = field.IsNumber && form is NameForm.Name or NameForm.Path or NameForm.Tag;
            return isValue ? (NameForm.None, "") : (form, NounOf(words, form));
        }

        var isNoun = field.Value.ValueKind == JsonValueKind.String && field.Text.AsSpan().Count(' ') < 3 && last is not ("type" or "status" or "state") && !FieldNameLexicon.IsProperty(last) && !terms.IsWhatChanged(words)
            && (FieldNameLexicon.IsEntityNoun(last) || last is "host" || (terms.IndexInDetailType(words) > 0 && !FieldNameLexicon.IsPlaceholder(field.Text)))
            && !(last is "stage" && FieldNameLexicon.IsEnvironment(field.Text)) && words is not "service namespace" && !IsConstant(field.Text);
        return isNoun ? (NameForm.Noun, words)
            : field.Value.ValueKind == JsonValueKind.String && IsResourceId(field.Text) ? (NameForm.Id, words)
            : (NameForm.None, "");
    }
}
