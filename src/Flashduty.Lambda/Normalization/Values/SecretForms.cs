namespace Flashduty.Lambda.Normalization.Values;

/// <summary>Secrets that are known by their form alone.</summary>
internal static class SecretForms
{
    /// <summary>Shorter texts are not secrets by their form.</summary>
    public const int MinLength = 16;

    /// <summary>The forms are those their services document, for scanners to find them.</summary>
    private static readonly string[] Prefixes =
    [
        "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_",
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-",
        "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxe-", "xoxs-", "xoxe.", "xapp-",
        "AIza", "ya29.", "SG.", "npm_", "pypi-", "hf_", "sk-ant-", "sk-proj-", "shpat_", "shpss_", "shpca_", "dop_v1_", "NRAK-",
        "hvs.", "AGE-SECRET-KEY-",
    ];

    /// <summary>Characters that a secret is made of.</summary>
    public static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '+';

    public static bool IsSecret(ReadOnlySpan<char> token) => token.Length >= MinLength && (HasPrefix(token) || IsJwt(token) || IsAwsSecretKey(token));

    /// <summary>An AWS access key's id: an event about a leaked credential is about it.</summary>
    public static bool IsAccessKeyId(ReadOnlySpan<char> token) =>
        token.Length is >= 16 and <= 32 && (token.StartsWith("AKIA") || token.StartsWith("ASIA")) && !token.ContainsAnyExcept(UpperAndDigits);

    /// <summary>Whether what follows <c>Bearer</c> or <c>Basic</c> is a credential and not the next word of a sentence.</summary>
    public static bool IsCredential(ReadOnlySpan<char> text) => text.Length >= 6 && (text.ContainsAnyInRange('0', '9') || text[^1] == '=' || text.Length >= 24);

    /// <summary>How long a private key in PEM is that begins here; to the text's end if it is cut. Zero if none does.</summary>
    public static int PrivateKeyLength(ReadOnlySpan<char> text)
    {
        const string Label = "PRIVATE KEY-----";
        if (!text.StartsWith("-----BEGIN ") || text[..Math.Min(text.Length, 60)].IndexOf(Label) < 0)
        {
            return 0;
        }

        var end = text.IndexOf("-----END ");
        var close = end < 0 ? -1 : text[(end + 9)..].IndexOf("-----");
        return close < 0 ? text.Length : end + 9 + close + 5;
    }

    private static readonly System.Buffers.SearchValues<char> UpperAndDigits = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Whether a text's bytes begin as one of the tokens does.</summary>
    public static bool MayHavePrefix(ReadOnlySpan<byte> token)
    {
        foreach (var prefix in Prefixes)
        {
            if (token[0] == prefix[0] && token.Length >= prefix.Length && System.Text.Ascii.Equals(token[..prefix.Length], prefix))
            {
                return true;
            }
        }

        return token.StartsWith("eyJ"u8);
    }

    private static bool HasPrefix(ReadOnlySpan<char> token)
    {
        foreach (var prefix in Prefixes)
        {
            if (token[0] == prefix[0] && token.StartsWith(prefix))
            {
                // "hf_" and "SG." begin ordinary names, too.
                return prefix.Length > 4 || (token.Length >= 24 && token[prefix.Length..].ContainsAnyInRange('0', '9') && !token.Contains('/'));
            }
        }

        return false;
    }

    private static bool IsJwt(ReadOnlySpan<char> token) => token.StartsWith("eyJ") && token.IndexOf('.') is > 8 and var dot && token.Length - dot > 6;

    /// <summary>Forty characters of base 64 that look drawn by lot: upper and lower case and digits change often.</summary>
    public static bool IsAwsSecretKey(ReadOnlySpan<char> token)
    {
        const int Length = 40;
        const int MinChanges = 14;
        if (token.Length != Length)
        {
            return false;
        }

        var changes = 0;
        var kinds = 0;
        var previous = 0;
        foreach (var c in token)
        {
            var kind = char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : char.IsAsciiDigit(c) ? 4 : c is '/' or '+' ? 8 : 16;
            kinds |= kind;
            changes += previous != 0 && kind != previous ? 1 : 0;
            previous = kind;
        }

        return (kinds & 7) == 7 && kinds < 16 && changes >= MinChanges;
    }
}
