namespace Flashduty.Lambda.Normalization.Values;

/// <summary>The name of the label that a member of an event's detail becomes: <c>detail_bucket_name</c>.</summary>
internal static class LabelName
{
    public const string Root = "detail";

    /// <summary>A path's part added to a name. A character that no label name may have becomes an underscore.</summary>
    public static string Append(string parent, ReadOnlySpan<char> part)
    {
        var length = Math.Min(parent.Length + 1 + part.Length, FlashdutyLimits.LabelName);
        Span<char> name = stackalloc char[FlashdutyLimits.LabelName];
        parent.CopyTo(name);
        var at = parent.Length;
        if (at < length)
        {
            name[at++] = '_';
        }

        for (var i = 0; i < part.Length && at < FlashdutyLimits.LabelName; i++)
        {
            if (!char.IsLowSurrogate(part[i]))
            {
                name[at++] = char.IsAsciiLetterOrDigit(part[i]) ? part[i] : '_';
            }
        }

        return name[..at].ToString();
    }
}
