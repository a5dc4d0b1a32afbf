using System.Runtime.InteropServices;
using System.Text.Json;
using Flashduty.Lambda.Json;
using Flashduty.Lambda.Normalization.Values;

namespace Flashduty.Lambda.Normalization.Inference;

/// <summary>The account and the region that an event's own words name, which need not be those that delivered it: an organization's events
/// come from a delegated administrator, a global service's from one region.</summary>
internal static class AffectedPlace
{
    private const int MaxDepth = 2;
    private const int MaxMembers = 60;

    /// <returns>Empty texts where the event names none.</returns>
    public static (string Account, string Region) Find(JsonElement detail)
    {
        var account = "";
        var region = "";
        for (var depth = 0; depth <= MaxDepth && (account.Length == 0 || region.Length == 0); depth++)
        {
            Visit(detail, depth, ref account, ref region);
        }

        return (account, region);
    }

    public static bool IsAccount(string text) => text.Length == 12 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary><c>us-east-1</c>, <c>us-gov-west-1</c>, <c>ap-southeast-5</c>.</summary>
    public static bool IsRegion(string text)
    {
        if (text.Length is < 9 or > 20 || !char.IsAsciiDigit(text[^1]) || text.Count(static c => c == '-') is < 2 or > 3)
        {
            return false;
        }

        foreach (var c in text.AsSpan(0, text.Length - 2))
        {
            if (!char.IsAsciiLetterLower(c) && c != '-' && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return text[2] == '-' || text[4] == '-';
    }

    private static void Visit(JsonElement element, int depth, ref string account, ref string region)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            element = element.GetArrayLength() > 0 ? element[0] : default;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var members = 0;
        foreach (var member in element.EnumerateObject())
        {
            if (++members > MaxMembers)
            {
                return;
            }

            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                if (depth > 0 && !IsCaller(JsonMarshal.GetRawUtf8PropertyName(member)))
                {
                    Visit(member.Value, depth - 1, ref account, ref region);
                }
            }
            else if (depth == 0 && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                Read(member, ref account, ref region);
            }
        }
    }

    private static void Read(in JsonProperty member, ref string account, ref string region)
    {
        // Nearly all names end otherwise, and cost nothing.
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (raw.Length < 6 || (raw[^1] | 0x20) is not ('d' or 't' or 'n' or 'z' or 'r'))
        {
            return;
        }

        switch (NameTokenizer.Tokenize(JsonText.NameOf(member)))
        {
            case "affected account" or "affected account id" or "account id" or "account" or "aws account id" or "aws account" or "linked account"
                or "linked account id" or "member account id" or "usage account id" or "recipient account id" or "account number" or "owner account id":
                account = account.Length == 0 && JsonText.Of(member.Value) is var id && IsAccount(id) ? id : account;
                break;
            case "affected region" or "region" or "aws region" or "event region" or "region az":
                region = region.Length == 0 && JsonText.Of(member.Value) is var name && IsRegion(name) ? name : region;
                break;
            default:
                break;
        }
    }

    /// <summary>Who did it has an account, too.</summary>
    private static bool IsCaller(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("userIdentity"u8) || name.SequenceEqual("actor"u8) || name.SequenceEqual("principal"u8) || name.SequenceEqual("caller"u8)
        || name.SequenceEqual("sourceAccount"u8) || name.SequenceEqual("remoteAccountDetails"u8) || name.SequenceEqual("owner"u8)
        || name.SequenceEqual("requestParameters"u8) || name.SequenceEqual("responseElements"u8) || name.SequenceEqual("tags"u8);
}
