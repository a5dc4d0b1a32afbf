using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs before the first event is asked for, in the time that Lambda gives a cold start.</summary>
/// <returns>False to end the process without handling any event.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>Puts a <see cref="LambdaBootstrap"/> together.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler) => _handler = handler;

    /// <param name="handler">Gets an event's payload and gives its result; what it throws is reported as the invocation's error.</param>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(handler);

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _initializer);
}
