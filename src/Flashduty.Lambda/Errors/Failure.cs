namespace Flashduty.Lambda.Errors;

/// <summary>Why an event was not delivered, in Flashduty's terms.</summary>
/// <param name="Code">Decides the HTTP status, and with it whether EventBridge retries.</param>
/// <param name="Message">For the caller: what is wrong and what to do. Never contains a key.</param>
/// <param name="RetryAfter">How long Flashduty asks to wait, if it does.</param>
internal sealed record Failure(ErrorCode Code, string Message, TimeSpan? RetryAfter = null)
{
    public static Failure Invalid(string message) => new(ErrorCode.InvalidParameter, message);

    /// <summary>The one to report of several: waiting alone does not help against anything but a 429.</summary>
    public static Failure? MostSevere(IEnumerable<Failure?> failures)
    {
        Failure? worst = null;
        foreach (var failure in failures)
        {
            if (failure is not null && (worst is null || worst.Code == ErrorCode.RequestTooFrequently))
            {
                worst = failure;
            }
        }

        return worst;
    }
}
