using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>A context that a test makes up.</summary>
public class TestLambdaContext : ILambdaContext
{
    public string AwsRequestId { get; set; } = null!;

    public string FunctionName { get; set; } = null!;

    public string FunctionVersion { get; set; } = null!;

    public string InvokedFunctionArn { get; set; } = null!;

    public string LogGroupName { get; set; } = null!;

    public string LogStreamName { get; set; } = null!;

    public int MemoryLimitInMB { get; set; }

    public TimeSpan RemainingTime { get; set; }
}
