namespace Flashduty.Lambda.Normalization.Values;

/// <summary>Which names say that their value is a secret.</summary>
internal static class SecretNames
{
    /// <summary>Whether a name such as <c>dbPassword</c>, <c>X-Api-Key</c> or <c>SECRET_ACCESS_KEY</c> says that its value is a secret. A name
    /// that refers to one (<c>secretArn</c>, <c>tokenType</c>, <c>passwordReusePrevention</c>) does not, nor does a token that only marks a
    /// place or a request (<c>nextToken</c>, <c>clientRequestToken</c>).</summary>
    public static bool IsSecret(string name)
    {
        var words = NameTokenizer.Tokenize(name);
        var last = NameTokenizer.Last(words);
        var stem = NameTokenizer.Stem(words);
        var before = NameTokenizer.Last(stem);
        return last switch
        {
            "password" or "passwords" or "passwd" or "pwd" or "passphrase" or "passcode" or "secret" or "secrets" or "credential" or "credentials"
                or "creds" or "authorization" or "cookie" or "cookies" or "apikey" or "privatekey" or "accesskey" or "secretkey" or "otp" or "jwt"
                or "auth" or "pin" or "authtoken" or "accesstoken" or "dbpassword" or "userpassword" => true,
            "token" or "tokens" => !IsMarker(before),
            "key" or "keys" => before is "api" or "access" or "private" or "secret" or "account" or "shared" or "signing" or "integration" or "session"
                or "auth" or "license" or "encryption" or "master" or "ssh" or "service" or "webhook" or "client",
            "pass" => !before.IsEmpty,
            "code" => before is "auth" or "authorization" or "verification" or "mfa",
            "verifier" => before is "code",
            "signature" => before is "amz",
            "sig" => true,
            "string" or "value" or "data" or "text" or "binary" or "plaintext" or "hash" or "b64" or "base64" =>
                before is "secret" or "password" or "token" or "credential" or "credentials",
            _ => false,
        };
    }

    /// <summary>Whether a name inside an object that holds a secret (<c>credentials</c>) says that its own value is not secret.</summary>
    public static bool IsHarmless(string name) => NameTokenizer.Last(NameTokenizer.Tokenize(name)) is "id" or "ids" or "arn" or "name" or "type"
        or "kind" or "status" or "state" or "time" or "date" or "at" or "expiration" or "expiry" or "expires" or "count" or "version" or "enabled"
        or "region" or "account" or "provider" or "length" or "policy" or "user" or "username" or "from" or "path" or "url" or "rotated" or "owner"
        or "reason" or "message" or "description";

    /// <summary>A quick look at a name's end: false means that <see cref="IsSecret"/> is false, too.</summary>
    public static bool MayBeSecret(ReadOnlySpan<byte> name)
    {
        if (name.Length < 3)
        {
            return false;
        }

        var end = ((name[^3] | 0x20) << 16) | ((name[^2] | 0x20) << 8) | (name[^1] | 0x20);
        return end is ('o' << 16 | 'r' << 8 | 'd') or ('r' << 16 | 'd' << 8 | 's') or ('s' << 16 | 'w' << 8 | 'd') or ('p' << 16 | 'w' << 8 | 'd')
            or ('a' << 16 | 's' << 8 | 'e') or ('o' << 16 | 'd' << 8 | 'e') or ('r' << 16 | 'e' << 8 | 't') or ('e' << 16 | 't' << 8 | 's')
            or ('i' << 16 | 'a' << 8 | 'l') or ('a' << 16 | 'l' << 8 | 's') or ('e' << 16 | 'd' << 8 | 's') or ('i' << 16 | 'o' << 8 | 'n')
            or ('k' << 16 | 'i' << 8 | 'e') or ('i' << 16 | 'e' << 8 | 's') or ('k' << 16 | 'e' << 8 | 'y') or ('e' << 16 | 'y' << 8 | 's')
            or ('o' << 16 | 't' << 8 | 'p') or ('j' << 16 | 'w' << 8 | 't') or ('u' << 16 | 't' << 8 | 'h') or ('p' << 16 | 'i' << 8 | 'n')
            or ('k' << 16 | 'e' << 8 | 'n') or ('e' << 16 | 'n' << 8 | 's') or ('a' << 16 | 's' << 8 | 's') or ('i' << 16 | 'e' << 8 | 'r')
            or ('u' << 16 | 'r' << 8 | 'e') or ('s' << 16 | 'i' << 8 | 'g') or ('i' << 16 | 'n' << 8 | 'g') or ('l' << 16 | 'u' << 8 | 'e')
            or ('a' << 16 | 't' << 8 | 'a') or ('e' << 16 | 'x' << 8 | 't') or ('a' << 16 | 'r' << 8 | 'y') or ('a' << 16 | 's' << 8 | 'h')
            or ('b' << 16 | '6' << 8 | '4') or ('e' << 16 | '6' << 8 | '4')
            || name[^1] >= 0x80 || name[^1] is (byte)'_' or (byte)'-' or (byte)'.';
    }

    /// <summary>A token that identifies a request or a place in a list.</summary>
    private static bool IsMarker(ReadOnlySpan<char> word) => word is "request" or "client" or "action" or "next" or "continuation" or "pagination"
        or "page" or "update" or "sequence" or "idempotency" or "change" or "resume" or "sync" or "input" or "output" or "total" or "prompt"
        or "completion" or "max" or "cached" or "creator" or "marker" or "start" or "lock" or "fencing";
}
