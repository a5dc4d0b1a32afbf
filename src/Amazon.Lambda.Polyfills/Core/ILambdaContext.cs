namespace Amazon.Lambda.Core;

/// <summary>What Lambda says of the invocation at hand.</summary>
public interface ILambdaContext
{
    /// <summary>The id that Lambda's own log lines of this invocation carry; a retry of an asynchronous invocation has the same.</summary>
    string AwsRequestId { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    /// <summary>The ARN the caller used: the function's, a version's or an alias's.</summary>
    string InvokedFunctionArn { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Until Lambda ends the invocation, however far it is.</summary>
    TimeSpan RemainingTime { get; }
}
