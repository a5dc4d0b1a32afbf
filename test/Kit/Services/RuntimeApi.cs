using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Kit.Servers;
using Microsoft.AspNetCore.Http;

namespace Kit.Services;

/// <summary>How an invocation ended.</summary>
/// <param name="IsError">Reported as an error, not as a response.</param>
public sealed record InvocationEnd(bool IsError, string Body);

/// <summary>Lambda's Runtime API: a test invokes the function through it.</summary>
/// <param name="hangUps">How many requests for an event it hangs up on before it answers.</param>
public sealed class RuntimeApi(int hangUps = 0) : HttpServer
{
    private int _hangUps = hangUps;

    private readonly Channel<(string Id, byte[] Payload, DateTimeOffset Deadline)> _events =
        Channel.CreateUnbounded<(string, byte[], DateTimeOffset)>();

    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationEnd>> _ends = new();

    /// <summary>The body of <c>init/error</c>, when it comes.</summary>
    public TaskCompletionSource<string> InitializationError { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the function first asks for an event.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What to send as an invocation's deadline, in place of its own.</summary>
    public string? DeadlineHeader { get; set; }

    /// <summary>Sends payloads chunked, and in pieces.</summary>
    public bool InPieces { get; set; }

    public Task<InvocationEnd> InvokeAsync(string payload, TimeSpan? timeLimit = null) => InvokeAsync(Encoding.UTF8.GetBytes(payload), timeLimit);

    public async Task<InvocationEnd> InvokeAsync(byte[] payload, TimeSpan? timeLimit = null)
    {
        var id = Guid.NewGuid().ToString();
        var end = _ends[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _events.Writer.WriteAsync((id, payload, DateTimeOffset.UtcNow + (timeLimit ?? TimeSpan.FromSeconds(30))));
        return await end.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    protected override async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (path.EndsWith("/invocation/next", StringComparison.Ordinal))
        {
            await NextAsync(context);
            return;
        }

        context.Response.StatusCode = 202;
        if (path.EndsWith("/init/error", StringComparison.Ordinal))
        {
            InitializationError.TrySetResult(body);
            return;
        }

        var parts = path.Split('/');
        _ends[parts[^2]].TrySetResult(new InvocationEnd(parts[^1] == "error", body));
    }

    private async Task NextAsync(HttpContext context)
    {
        Ready.TrySetResult();
        if (Interlocked.Decrement(ref _hangUps) >= 0)
        {
            context.Abort();
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Stopping);
        try
        {
            var (id, payload, deadline) = await _events.Reader.ReadAsync(end.Token);
            var headers = context.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = id;
            headers["Lambda-Runtime-Deadline-Ms"] = DeadlineHeader ?? deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:test";
            headers["Lambda-Runtime-Trace-Id"] = "Root=1-5f84c7a4-0123456789abcdef01234567;Sampled=0";
            if (!InPieces)
            {
                context.Response.ContentLength = payload.Length;
                await context.Response.Body.WriteAsync(payload);
                return;
            }

            foreach (var piece in payload.Chunk(100))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The function or the test has ended.
        }
    }
}
