namespace Flashduty.Lambda.Limits;

/// <summary>How large things may be.</summary>
internal static class SizeLimits
{
    /// <summary>One event, in UTF-8: EventBridge takes entries of 1 MiB, and puts an envelope around them.</summary>
    public const int EventBytes = (1024 * 1024) + (4 * 1024);

    /// <summary>Levels of objects and arrays in one event.</summary>
    public const int EventDepth = 64;

    /// <summary>Levels of AWS's own wrappers around an event: an SNS notification in an SQS message in a Lambda record, and room for more.
    /// </summary>
    public const int WrapperDepth = 16;

    /// <summary>Characters of a log message.</summary>
    public const int LogMessage = 8192;

    /// <summary>Characters of any other text in a log line that comes from an event.</summary>
    public const int LogField = 256;
}
