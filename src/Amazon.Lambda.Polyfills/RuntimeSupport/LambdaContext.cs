using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation's context, out of the headers it came with and the environment.</summary>
internal sealed class LambdaContext(string requestId, string invokedFunctionArn, DateTimeOffset deadline) : ILambdaContext
{
    public string AwsRequestId => requestId;

    public string InvokedFunctionArn => invokedFunctionArn;

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    public TimeSpan RemainingTime => deadline - DateTimeOffset.UtcNow;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
