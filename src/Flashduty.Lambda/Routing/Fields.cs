using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Routing;

/// <summary>The fields of an alert that the conditions of a routes file look at, each with a number: an alert's are looked up once, however
/// many conditions there are.</summary>
internal sealed class Fields
{
    public const string LabelPrefix = "labels.";

    private const int Title = 0;
    private const int Description = 1;
    private const int Severity = 2;

    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);

    public int Count => Severity + 1 + _labels.Count;

    /// <returns>The field's number, a new one for a label not seen before; -1 if the key is not one of <c>title</c>, <c>description</c>, <c>severity</c> (or <c>alert_severity</c>), <c>labels.NAME</c>.</returns>
    public int GetOrAdd(string key)
    {
        switch (key)
        {
            case "title":
                return Title;
            case "description":
                return Description;
            case "severity" or "alert_severity":
                return Severity;
        }

        if (!IsLabel(key))
        {
            return -1;
        }

        var name = key[LabelPrefix.Length..];
        if (!_labels.TryGetValue(name, out var number))
        {
            number = Count;
            _labels.Add(name, number);
        }

        return number;
    }

    /// <summary>Whether the key is <c>labels.</c> and a name that a label may have.</summary>
    public static bool IsLabel(string key)
    {
        if (!key.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var name = key.AsSpan(LabelPrefix.Length);
        return name.Length is > 0 and <= FlashdutyLimits.LabelName && !char.IsAsciiDigit(name[0]) && IsWord(name);

        static bool IsWord(ReadOnlySpan<char> name)
        {
            foreach (var c in name)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Puts the alert's fields at their numbers; a label it has not is null.</summary>
    /// <param name="alert">Has no label twice.</param>
    /// <param name="values">At least <see cref="Count"/> long.</param>
    public void Read(Alert alert, Span<string?> values)
    {
        values.Clear();
        values[Title] = alert.Title;
        values[Description] = alert.Description;
        values[Severity] = Alert.Status;
        for (var i = 0; i < alert.Labels.Count; i++)
        {
            var label = alert.Labels[i];
            if (_labels.TryGetValue(label.Key, out var number))
            {
                values[number] ??= label.Value;
            }
        }
    }
}
