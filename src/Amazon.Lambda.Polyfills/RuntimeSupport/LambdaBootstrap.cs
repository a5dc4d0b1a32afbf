using System.Net.Sockets;
using System.Runtime.InteropServices;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The loop of a custom runtime: initialize, then ask for an event, handle it, answer, and again.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly RuntimeApiClient _client = new();
    private readonly AutoResetEvent _completed = new(false);
    private readonly Action _signalCompletion;

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer? initializer)
    {
        _handler = handler;
        _initializer = initializer;
        _signalCompletion = () => _completed.Set();
    }

    /// <summary>Returns when SIGTERM comes or <paramref name="cancellationToken"/> is cancelled, after the event at hand.</summary>
    /// <remarks>
    /// The loop blocks its thread: one sandbox handles one event at a time, so there is nothing else for the thread to do, and every
    /// hand-over to another one would be paid for by each event.
    /// </remarks>
    /// <exception cref="Exception">The initializer's, after the Runtime API was told of it.</exception>
    /// <exception cref="IOException">The Runtime API is gone.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _client.Stop();
        });
        using var cancellation = cancellationToken.Register(_client.Stop);

        if (Initialize())
        {
            while (_client.Next() is { } invocation)
            {
                Handle(invocation);
            }
        }

        return Task.CompletedTask;
    }

    private bool Initialize()
    {
        try
        {
            return _initializer is null || Wait(_initializer());
        }
        catch (Exception exception)
        {
            try
            {
                _client.ReportInitializationError(exception);
            }
            catch (Exception unreported) when (unreported is IOException or SocketException)
            {
                // The reason for the failure matters more than that the Runtime API cannot be reached.
            }

            throw;
        }
    }

    private void Handle(Invocation invocation)
    {
        Stream result;
        try
        {
            result = Wait(_handler(invocation.Payload, invocation.Context));
        }
        catch (Exception exception)
        {
            _client.ReportInvocationError(invocation.Context.AwsRequestId, exception);
            return;
        }

        using (result)
        {
            _client.Respond(invocation.Context.AwsRequestId, result);
        }
    }

    /// <summary>Waits for a task asleep: a task's own waiting spins first, which costs more than the wake-up that it hopes to save.</summary>
    private T Wait<T>(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            task.GetAwaiter().UnsafeOnCompleted(_signalCompletion);
            _completed.WaitOne();
        }

        return task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _client.Dispose();
        _completed.Dispose();
        GC.SuppressFinalize(this);
    }
}
