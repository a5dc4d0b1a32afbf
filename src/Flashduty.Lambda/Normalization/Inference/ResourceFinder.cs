using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>
/// The resources that an event's fields name, the one it is about first. That is the one that the detail type names (the narrowest: of the
/// step of a cluster the step), before one that stands bare in the event (<c>id</c>, <c>name</c>), before one that the source names, before
/// any other. What happens each time anew (a run, a request), who did it and what surrounds it come last.
/// </summary>
internal sealed class ResourceFinder
{
    private const int MaxOthers = 3;

    private readonly DetailTypeTerms _terms;
    private readonly List<NamedResource> _resources = [];

    public ResourceFinder(List<DetailField> fields, DetailTypeTerms terms)
    {
        _terms = terms;
        var bare = new List<(DetailField Field, NameForm Form)>();
        DetailField? address = null;
        foreach (var field in fields)
        {
            var (form, noun) = NamedResource.Read(field, terms);
            if (form == NameForm.None)
            {
                continue;
            }

            if (form == NameForm.Tag && !IsKnown(noun))
            {
                address ??= field;
            }
            else if (noun.Length == 0)
            {
                if (!field.HasWrapperSibling)
                {
                    bare.Add((field, form));
                }
            }
            else
            {
                GetOrAdd(noun).Add(field, form);
            }
        }

        AddBare(bare);
        if (_resources.Count == 0 && address is { } only)
        {
            GetOrAdd("").Add(only, NameForm.Tag);
        }

        _resources.Sort(Compare);

        // Where nothing has a name, the run's own id says more than that of what it is in.
        if (!_resources.Exists(static resource => resource.HasName)
            && _resources.FindIndex(static resource => resource is { Kind: ResourceKind.Occurrence, Index: > 0, Depth: 0 }) is var run and > 0)
        {
            _resources.Insert(0, _resources[run]);
            _resources.RemoveAt(run + 1);
        }
    }

    /// <summary>What the event is about; null if no field names anything.</summary>
    public NamedResource? Primary => _resources.Count > 0 ? _resources[0] : null;

    /// <summary>Whether the event says by its type or its form that it is about <see cref="Primary"/>; else it is the best guess.</summary>
    public bool IsSure => Primary is { Kind: ResourceKind.Thing or ResourceKind.Occurrence, Among: <= 1 } primary && (primary.Index > 0 || primary.Noun.Length == 0);

    /// <summary>What else tells the primary resource from others: what it is in, and what else the event names beside it.</summary>
    public IEnumerable<NamedResource> Others()
    {
        var others = new List<NamedResource>();
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var resource in _resources)
            {
                var isCloser = resource.IsContainer || resource.Index > 0;
                if (resource != Primary && resource.Kind == ResourceKind.Thing && others.Count < MaxOthers && isCloser == (pass == 0)
                    && IsTelling(resource, Primary!))
                {
                    others.Add(resource);
                }
            }
        }

        others.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return others;
    }

    private static bool IsTelling(NamedResource resource, NamedResource primary) =>
        resource.Depth <= (resource.IsNounOnly ? primary.Depth : primary.Depth + 1)
        && resource.Among <= 1
        && resource.Noun is not "source"
        && (resource.HasName || !(resource.IsRepeated || (resource.Index == 0 && NameTokenizer.Last(resource.Noun) is "job")))
        && (resource.Index > 0 || resource.IsContainer || resource.Noun.Length == 0
            || (resource.Depth <= primary.Depth && (resource.IsEntity || resource.HasName)));

    /// <summary>Fields that stand bare name what the detail type names, if no other field does.</summary>
    private void AddBare(List<(DetailField Field, NameForm Form)> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        var last = "";
        foreach (var range in _terms.DetailType.AsSpan().Split(' '))
        {
            var word = _terms.DetailType.AsSpan(range);
            last = FieldNameLexicon.IsStopWord(word) || FieldNameLexicon.IsOutcome(word) ? last : word.ToString();
        }

        NamedResource? named = null;
        foreach (var resource in _resources)
        {
            named = resource is { Kind: ResourceKind.Thing, Index: > 0, Among: <= 1 } && (named is null || Compare(resource, named) < 0) ? resource : named;
        }

        var isRun = FieldNameLexicon.IsRun(last);
        var own = named is not null && !FieldNameLexicon.IsActor(NameTokenizer.Last(named.Noun)) && !isRun
            ? named
            : new NamedResource(isRun ? last : "", isRun ? ResourceKind.Occurrence : ResourceKind.Thing, isRun ? _terms.IndexInDetailType(last) : 0, -1);
        foreach (var (field, form) in fields)
        {
            if (own != named || form == NameForm.Name || !named.IsTitledByName)
            {
                own.Add(field, form);
            }
        }

        if (own != named)
        {
            _resources.Add(own);
        }
    }

    private bool IsKnown(string noun) => noun.Length > 0 && (_terms.IndexInDetailType(noun) > 0 || _resources.Exists(resource => resource.Noun == noun));

    private NamedResource GetOrAdd(string noun)
    {
        foreach (var resource in _resources)
        {
            if (resource.Noun == noun)
            {
                return resource;
            }
        }

        var index = _terms.IndexInDetailType(noun);
        var added = new NamedResource(noun, KindOf(noun, index), index, _resources.Count);
        _resources.Add(added);
        return added;
    }

    private static ResourceKind KindOf(string noun, int index)
    {
        var last = NameTokenizer.Last(noun);
        return FieldNameLexicon.Any(noun, FieldNameLexicon.IsRun) ? ResourceKind.Occurrence
            : index > 0 ? ResourceKind.Thing
            : FieldNameLexicon.Any(noun, FieldNameLexicon.IsSurroundings) ? ResourceKind.Surroundings
            : FieldNameLexicon.Any(noun, FieldNameLexicon.IsOccurrence) && !FieldNameLexicon.IsContainer(last) ? ResourceKind.Occurrence
            : FieldNameLexicon.Any(noun, FieldNameLexicon.IsActor) ? ResourceKind.Actor
            : ResourceKind.Thing;
    }

    private int Compare(NamedResource a, NamedResource b)
    {
        var order = a.Kind.CompareTo(b.Kind);
        order = order != 0 ? order : TierOf(a).CompareTo(TierOf(b));
        order = order != 0 ? order : b.Index.CompareTo(a.Index);
        order = order != 0 ? order : _terms.CountInDetailType(b.Noun).CompareTo(_terms.CountInDetailType(a.Noun));
        order = order != 0 ? order : a.Depth.CompareTo(b.Depth);
        order = order != 0 ? order : a.IsEntity ? b.IsEntity ? 0 : -1 : b.IsEntity ? 1 : 0;
        order = order != 0 ? order : a.IsContainer ? b.IsContainer ? 0 : 1 : b.IsContainer ? -1 : 0;
        order = order != 0 ? order : b.HasName.CompareTo(a.HasName);
        return order != 0 ? order : a.Order.CompareTo(b.Order);
    }

    private int TierOf(NamedResource resource) =>
        resource.Among > 1 || resource.Depth > 2 ? 4
        : resource.Index > 0 ? 0
        : resource.Noun.Length == 0 ? 1
        : _terms.IsInSource(resource.Noun) ? 2
        : 3;
}
