namespace Flashduty.Lambda.Local.Flashduty;

/// <summary>A way in which the simulated Flashduty fails.</summary>
internal enum FlashdutyFault
{
    None,

    /// <summary>429 with <c>Retry-After</c>.</summary>
    TooManyRequests,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>No answer until the client hangs up.</summary>
    Hang,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>401: no integration has the key.</summary>
    KeyRefused,
}

/// <summary>Which fault, and how often.</summary>
/// <param name="Once">Whether it ends with the next request; otherwise it stays until it is changed.</param>
/// <param name="RetryAfterSeconds">With <see cref="FlashdutyFault.TooManyRequests"/>.</param>
internal sealed record FaultPlan(FlashdutyFault Fault, bool Once, int RetryAfterSeconds)
{
    public static FaultPlan None { get; } = new(FlashdutyFault.None, Once: false, RetryAfterSeconds: 1);
}
