using Amazon.Lambda.Core;

namespace Flashduty.Lambda.Local.Lambda;

/// <summary>The invocation context that Lambda would pass to the function.</summary>
internal sealed class LocalLambdaContext(string requestId, TimeSpan timeLimit, TimeProvider time) : ILambdaContext
{
    private readonly long _start = time.GetTimestamp();

    public string AwsRequestId => requestId;

    public string FunctionName => "local";

    public string FunctionVersion => "$LATEST";

    public string InvokedFunctionArn => "";

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime => timeLimit - time.GetElapsedTime(_start);

#if AMAZON_PACKAGES
    // Members that AWS's interface has and the polyfill leaves out, because the function reads none of them.
    public IClientContext ClientContext => throw new NotSupportedException();

    public ICognitoIdentity Identity => throw new NotSupportedException();

    public ILambdaLogger Logger => throw new NotSupportedException();
#endif
}
