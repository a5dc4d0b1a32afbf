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

        var last = name[^1] | 0x20;
        var before = name[^2] | 0x20;
        return (last, before) switch
        {
            ('d', 'r') or ('d', 'w') => true, // password, passwd, pwd
            ('s', 'd') => true, // passwords, creds
            ('t', 'e') or ('s', 't') or ('n', 'e') or ('s', 'n') => Ends(name, "secret"u8) || Ends(name, "secrets"u8) || Ends(name, "token"u8) || Ends(name, "tokens"u8),
            ('y', 'e') or ('s', 'y') => Ends(name, "key"u8) || Ends(name, "keys"u8),
            ('l', 'a') or ('s', 'l') => Ends(name, "credential"u8) || Ends(name, "credentials"u8),
            ('n', 'o') => Ends(name, "authorization"u8),
            ('e', 'i') or ('s', 'e') => Ends(name, "cookie"u8) || Ends(name, "cookies"u8),
            ('e', 's') or ('e', 'd') => Ends(name, "passphrase"u8) || Ends(name, "code"u8),
            ('h', 't') or ('p', 't') or ('t', 'w') or ('n', 'i') or ('g', 'i') => Ends(name, "auth"u8) || name.Length <= 12,
            ('s', 's') or ('r', 'e') or ('e', 'r') => Ends(name, "pass"u8) || Ends(name, "verifier"u8) || Ends(name, "signature"u8),
            _ => !char.IsAsciiLetterOrDigit((char)name[^1]) || (name.Length > 7 && (Ends(name, "string"u8) || Ends(name, "value"u8) || Ends(name, "data"u8)
                || Ends(name, "text"u8) || Ends(name, "binary"u8) || Ends(name, "hash"u8) || Ends(name, "64"u8))),
        };
    }

    private static bool Ends(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending) =>
        name.Length >= ending.Length && System.Text.Ascii.EqualsIgnoreCase(name[^ending.Length..], ending);

    /// <summary>A token that identifies a request or a place in a list.</summary>
    private static bool IsMarker(ReadOnlySpan<char> word) => word is "request" or "client" or "action" or "next" or "continuation" or "pagination"
        or "page" or "update" or "sequence" or "idempotency" or "change" or "resume" or "sync" or "input" or "output" or "total" or "prompt"
        or "completion" or "max" or "cached" or "creator" or "marker" or "start" or "lock" or "fencing";
}
