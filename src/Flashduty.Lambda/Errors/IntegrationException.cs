namespace Flashduty.Lambda.Errors;

/// <summary>A failure on its way out of the function: Lambda reports it, retries, and then dead-letters the event.</summary>
/// <remarks>Thrown at the edges only; within the function a failure is a value.</remarks>
internal sealed class IntegrationException(Failure failure) : Exception(failure.Message)
{
    public ErrorCode Code { get; } = failure.Code;
}
