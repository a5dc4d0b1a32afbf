using System.Text;

namespace Flashduty.Lambda.Normalization.Values;

/// <summary>Secrets inside a text: what a name before it says to be one (<c>password=…</c>, <c>Authorization: …</c>, a URL's query), the
/// password of a URL, and what looks like one by its form (see <see cref="SecretForms"/>).</summary>
internal static class SecretText
{
    public const string Mask = "***";

    /// <returns>The text itself if it holds no secret.</returns>
    public static string Redact(string text)
    {
        if (!MayHoldSecret(text))
        {
            return text;
        }

        var redacted = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '-' && SecretForms.PrivateKeyLength(text.AsSpan(at)) is var key and > 0)
            {
                redacted.Append(Mask);
                at += key;
            }
            else if (!SecretForms.IsTokenCharacter(text[at]))
            {
                redacted.Append(text[at++]);
            }
            else if (string.CompareOrdinal(text, at, "arn:", 0, 4) == 0)
            {
                // An ARN may hold "secret:" and the name of one.
                var end = at;
                while (end < text.Length && !IsDelimiter(text[end]))
                {
                    end++;
                }

                redacted.Append(text, at, end - at);
                at = end;
            }
            else
            {
                at = RedactToken(text, at, redacted);
            }
        }

        return redacted.ToString();
    }

    /// <summary>A quick look: without one of these no secret is in a text.</summary>
    private static bool MayHoldSecret(string text)
    {
        var run = 0;
        foreach (var c in text)
        {
            if (c is '=' or ':')
            {
                return true;
            }

            run = SecretForms.IsTokenCharacter(c) ? run + 1 : 0;
            if (run >= SecretForms.MinLength)
            {
                return true;
            }
        }

        return text.Length > SecretForms.MinLength
            && (text.Contains("earer ", StringComparison.OrdinalIgnoreCase) || text.Contains("asic ", StringComparison.OrdinalIgnoreCase)
                || text.Contains("--", StringComparison.Ordinal));
    }

    /// <summary>Writes a token, masked if it is a secret, and what it says to be one behind it.</summary>
    /// <returns>Where the rest of the text begins.</returns>
    private static int RedactToken(string text, int start, StringBuilder redacted)
    {
        var end = start;
        while (end < text.Length && SecretForms.IsTokenCharacter(text[end]))
        {
            end++;
        }

        var token = text.AsSpan(start, end - start);
        var (value, isFlag) = ValueAfter(text, start, end);
        if (value > 0 && IsSecretName(text, start, end) && ValueEnd(text, value, isFlag) is var valueEnd && valueEnd > value)
        {
            redacted.Append(text, start, value - start).Append(Mask);
            return valueEnd;
        }

        if (text.AsSpan(end).StartsWith("://", StringComparison.Ordinal))
        {
            return RedactUrl(text, start, end + 3, redacted);
        }

        if (token.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || token.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            var credential = end + 1;
            var credentialEnd = credential;
            while (credentialEnd < text.Length && (SecretForms.IsTokenCharacter(text[credentialEnd]) || text[credentialEnd] == '='))
            {
                credentialEnd++;
            }

            if (credential < text.Length && text[end] == ' ' && SecretForms.IsCredential(text.AsSpan(credential, credentialEnd - credential)))
            {
                redacted.Append(token).Append(' ').Append(Mask);
                return credentialEnd;
            }
        }

        if (SecretForms.IsSecret(token))
        {
            redacted.Append(Mask);
            return SecretForms.IsAwsSecretKey(token) ? RedactSessionToken(text, end, redacted) : end;
        }
        else
        {
            redacted.Append(token);
        }

        return end;
    }

    /// <summary>After an AWS secret key stands its session token.</summary>
    private static int RedactSessionToken(string text, int start, StringBuilder redacted)
    {
        var end = start + 1;
        while (end < text.Length && (SecretForms.IsTokenCharacter(text[end]) || text[end] == '='))
        {
            end++;
        }

        var isToken = start < text.Length && text[start] is ' ' or ',' or '\t' or '\n' && end - start > 8
            && text.AsSpan(start + 1, end - start - 1).ContainsAnyInRange('0', '9');
        if (isToken)
        {
            redacted.Append(text[start]).Append(Mask);
        }

        return isToken ? end : start;
    }

    /// <summary>Where the value begins that a name is given: after <c>=</c> or <c>:</c>, quotes and blanks; or after a command line's
    /// flag.</summary>
    private static (int Start, bool IsFlag) ValueAfter(string text, int start, int end)
    {
        var at = end;
        while (at < text.Length && text[at] is '"' or '\'' or '\\')
        {
            at++;
        }

        var isSpaced = at < text.Length && text[at] == ' ';
        at += isSpaced ? 1 : 0;
        if (at < text.Length && text[at] is '=' or ':')
        {
            at++;
            while (at < text.Length && text[at] is ' ' or '"' or '\'' or '\\' or '=')
            {
                at++;
            }

            return (at, false);
        }

        return isSpaced && text.AsSpan(start, end - start).StartsWith("--") ? (at, true) : (0, false);
    }

    private static bool IsSecretName(string text, int start, int end)
    {
        const int MaxLength = 60;
        var name = text.AsSpan(start, end - start);
        if (name.Length > MaxLength)
        {
            return false;
        }

        if (SecretNames.IsSecret(name.ToString()))
        {
            return true;
        }

        // "API key: …"
        var before = start - 1;
        while (before > 0 && char.IsLetter(text[before - 1]))
        {
            before--;
        }

        return before >= 0 && start > 0 && text[start - 1] == ' ' && start - before < MaxLength && !name.Contains('_')
            && SecretNames.IsSecret(text[Math.Max(before, 0)..end]);
    }

    private static int ValueEnd(string text, int start, bool isFlag)
    {
        if (start >= text.Length)
        {
            return start;
        }

        var quote = text[start - 1] is '"' or '\'' ? text[start - 1] : '\0';
        var end = start;
        while (end < text.Length && (quote != '\0' ? text[end] != quote : !IsDelimiter(text[end])))
        {
            end++;
        }

        var value = text.AsSpan(start, end - start);
        if (quote != '\0')
        {
            return end;
        }

        // A scheme, and what it is for; a cookie's other pairs.
        if (value.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || value.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || value.Equals("Digest", StringComparison.OrdinalIgnoreCase) || value.Equals("Token", StringComparison.OrdinalIgnoreCase))
        {
            return end + 1 < text.Length ? Math.Max(end, ValueEnd(text, end + 1, isFlag: false)) : end;
        }

        if (value is "***" || value.StartsWith("arn:", StringComparison.Ordinal) || SecretForms.IsAccessKeyId(value))
        {
            return start;
        }

        // "Invalid token: expired at …" is a sentence.
        var isWord = !isFlag && text[start - 1] == ' ' && end < text.Length && text[end] is ' ' or ',' && value.IndexOfAnyExceptInRange('a', 'z') < 0;
        return isWord ? start : end;
    }

    private static int RedactUrl(string text, int start, int host, StringBuilder redacted)
    {
        const string SlackWebhook = "hooks.slack.com/";
        var end = host;
        var at = -1;
        var colon = -1;
        while (end < text.Length && text[end] is not ('/' or '?' or '#') && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '\'' or '<' or '>'))
        {
            colon = text[end] == ':' && colon < 0 ? end : colon;
            at = text[end] == '@' ? end : at;
            end++;
        }

        if (at > 0 && colon > 0 && colon < at)
        {
            redacted.Append(text, start, colon + 1 - start).Append(Mask);
            return at;
        }

        if (text.AsSpan(host).StartsWith(SlackWebhook, StringComparison.OrdinalIgnoreCase))
        {
            var pathEnd = end;
            while (pathEnd < text.Length && !IsDelimiter(text[pathEnd]))
            {
                pathEnd++;
            }

            redacted.Append(text, start, host + SlackWebhook.Length - start).Append(Mask);
            return pathEnd;
        }

        redacted.Append(text, start, host - start);
        return host;
    }

    private static bool IsDelimiter(char c) => char.IsWhiteSpace(c) || c is ',' or ';' or '&' or '"' or '\'' or ')' or ']' or '}' or '<' or '>' or '|';
}
