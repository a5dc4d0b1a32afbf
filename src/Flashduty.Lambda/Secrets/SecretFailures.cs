using Flashduty.Lambda.Errors;

namespace Flashduty.Lambda.Secrets;

/// <summary>What callers learn about the secret, strangers among them: no names, no reasons. The log has those.</summary>
internal static class SecretFailures
{
    public static Failure WrongKey { get; } = new(ErrorCode.Unauthorized, "The integration key is wrong.");

    public static Failure Unavailable { get; } =
        new(ErrorCode.InternalError, "The integration key is not available now; a retry may succeed. The function's log has the reason.");
}
