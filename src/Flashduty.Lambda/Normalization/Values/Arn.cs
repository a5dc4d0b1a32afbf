namespace Flashduty.Lambda.Normalization.Values;

/// <summary>An Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="Service"><c>ec2</c>.</param>
/// <param name="Region">Empty for a global resource.</param>
/// <param name="Account">Empty for a resource whose name is unique without.</param>
/// <param name="Resource">Everything after the account: <c>instance/i-0abc</c>, <c>alarm:HighCPUAlarm</c>, <c>my-topic</c>.</param>
internal readonly record struct Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    public static bool TryParse(string text, out Arn arn)
    {
        arn = default;
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[6];
        if (text.AsSpan().Split(parts, ':') < 6 || text[parts[5]].Length == 0)
        {
            return false;
        }

        arn = new Arn(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]);
        return true;
    }

    /// <summary>What a person calls the thing; the text itself if it is no ARN.</summary>
    public static string Shorten(string text)
    {
        // As CloudTrail has the ones that stand in a request's path.
        if (text.StartsWith("arn%3A", StringComparison.OrdinalIgnoreCase))
        {
            text = Uri.UnescapeDataString(text);
        }

        return TryParse(text, out var arn) ? arn.ShortName : text;
    }

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";

    /// <summary>The type before the name, such as <c>instance</c>; empty where the resource has none.</summary>
    public string Type => Separator() is var i and > 0 ? Resource[..i] : "";

    /// <summary>What follows the type.</summary>
    public string Name => Resource[(Separator() + 1)..];

    /// <summary><c>i-0abc</c>, <c>HighCPUAlarm</c>; with its type where the name is a path and would not say what it is:
    /// <c>service/default/servicetest</c>.</summary>
    public string ShortName
    {
        get
        {
            var name = Name;
            foreach (var ending in (ReadOnlySpan<string>)[":*", ":$LATEST"])
            {
                name = name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length ? name[..^ending.Length] : name;
            }

            // autoScalingGroup:UUID:autoScalingGroupName/my-group, scalingPolicy:UUID:…:policyName/my-policy
            if (name.LastIndexOf("Name/", StringComparison.Ordinal) is var label and >= 0)
            {
                return name[(label + "Name/".Length)..];
            }

            // stack/NAME/UUID and the like: the name before a random id is what people know.
            if (Type is "stack" or "cluster" && name.IndexOf('/') is var slash and > 0 && IsRandom(name.AsSpan(slash + 1)))
            {
                return name[..slash];
            }

            return name.TrimStart('/').Contains('/') && Type.Length > 0 && Resource[Type.Length] == '/' && Service != "s3"
                ? Resource
                : name.TrimStart('/') is { Length: > 0 } trimmed ? trimmed : Resource;
        }
    }

    /// <summary>A UUID, with a counter behind it or not.</summary>
    private static bool IsRandom(ReadOnlySpan<char> text)
    {
        const int Uuid = 36;
        return text.Length >= Uuid && Guid.TryParse(text[..Uuid], out _);
    }

    /// <summary>The index of what parts type and name, or -1.</summary>
    private int Separator()
    {
        if (Service is "s3" or "sns" or "sqs" || Resource[0] == '/')
        {
            return -1;
        }

        var separator = Resource.AsSpan().IndexOfAny('/', ':');
        return separator < Resource.Length - 1 ? separator : -1;
    }
}
