using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An event, and what came with it.</summary>
internal sealed record Invocation(Stream Payload, LambdaContext Context);

/// <summary>Lambda's Runtime API, version 2018-06-01, over one connection.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeApiClient : IDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const string Json = "Content-Type: application/json\r\n";

    private RuntimeApiConnection? _connection;
    private volatile bool _isWaiting;
    private volatile bool _isStopping;

    /// <summary>Lets <see cref="Next"/> give null: at once if it waits for an event, else after the event at hand.</summary>
    public void Stop()
    {
        _isStopping = true;
        if (_isWaiting)
        {
            _connection?.Abort();
        }
    }

    /// <summary>Waits for the next event, without a time limit: between events the sandbox is frozen here.</summary>
    /// <returns>Null after <see cref="Stop"/>.</returns>
    public Invocation? Next()
    {
        _isWaiting = true;
        try
        {
            if (_isStopping)
            {
                return null;
            }

            var response = Exchange("GET", Root + "invocation/next");
            if (response.StatusCode != 200)
            {
                throw new IOException($"The Runtime API answered {response.StatusCode} to next.");
            }

            return Read(response);
        }
        catch (Exception exception) when (_isStopping && exception is IOException or SocketException)
        {
            return null;
        }
        finally
        {
            _isWaiting = false;
        }
    }

    public void Respond(string requestId, Stream result)
    {
        var body = Bytes(result);
        var response = Exchange("POST", $"{Root}invocation/{requestId}/response", Json, body);
        if (response.StatusCode == 413)
        {
            // Lambda refuses what is over its limit; the caller is owed an answer all the same.
            ReportInvocationError(requestId, new InvalidOperationException($"The result of {body.Length} bytes is too large for Lambda."));
            return;
        }

        ThrowIfBroken(response);
    }

    public void ReportInvocationError(string requestId, Exception exception) =>
        ThrowIfBroken(ReportError($"{Root}invocation/{requestId}/error", exception));

    public void ReportInitializationError(Exception exception) => ReportError(Root + "init/error", exception);

    private RuntimeApiResponse ReportError(string path, Exception exception)
    {
        var type = exception.GetType().Name;
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("errorType", type);
            json.WriteString("errorMessage", exception.Message);
            json.WriteStartArray("stackTrace");
            foreach (var line in (exception.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Exchange(
            "POST", path, $"Content-Type: application/vnd.aws.lambda.error+json\r\nLambda-Runtime-Function-Error-Type: {type}\r\n", body.WrittenMemory);
    }

    /// <summary>The last moment that .NET can tell.</summary>
    private static readonly long MaxDeadline = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static Invocation Read(RuntimeApiResponse response)
    {
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", response.Header("Lambda-Runtime-Trace-Id"));

        var requestId = response.Header("Lambda-Runtime-Aws-Request-Id") ?? throw new IOException("The Runtime API gave an event without a request id.");
        var deadline = long.TryParse(response.Header("Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= MaxDeadline
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
        var context = new LambdaContext(requestId, response.Header("Lambda-Runtime-Invoked-Function-Arn") ?? "", deadline);

        // The payload stays where it was read to: nothing is read from this connection before the event is answered.
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(response.Body, out var bytes);
        return new Invocation(new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false, publiclyVisible: true), context);
    }

    /// <summary>Sends a request, and once more over a new connection if the one at hand is lost.</summary>
    private RuntimeApiResponse Exchange(string method, string path, string headers = "", ReadOnlyMemory<byte> body = default)
    {
        try
        {
            return Send(method, path, headers, body.Span);
        }
        catch (Exception exception) when (exception is IOException or SocketException && !IsStopped)
        {
            return Send(method, path, headers, body.Span);
        }
    }

    private bool IsStopped => _isStopping && _isWaiting;

    private RuntimeApiResponse Send(string method, string path, string headers, ReadOnlySpan<byte> body)
    {
        var connection = _connection ??= RuntimeApiConnection.Open(Address());
        try
        {
            // Stop may have come before there was a connection for it to end.
            var response = IsStopped ? throw new IOException("Stopped.") : connection.Send(method, path, headers, body);
            if (!connection.CanBeReused)
            {
                Close(connection);
            }

            return response;
        }
        catch
        {
            Close(connection);
            throw;
        }
    }

    private void Close(RuntimeApiConnection connection)
    {
        _connection = null;
        connection.Dispose();
    }

    private static string Address() => Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")
        ?? throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set: this program is a Lambda function's bootstrap.");

    private static ReadOnlyMemory<byte> Bytes(Stream stream)
    {
        if (stream is not MemoryStream memory)
        {
            memory = new MemoryStream();
            stream.CopyTo(memory);
            memory.Position = 0;
        }

        return memory.TryGetBuffer(out var bytes) ? bytes.AsMemory((int)memory.Position) : memory.ToArray().AsMemory((int)memory.Position);
    }

    /// <summary>A 5xx of the Runtime API means that the sandbox is beyond repair, and asks the runtime to exit.</summary>
    private static void ThrowIfBroken(RuntimeApiResponse response)
    {
        if (response.StatusCode >= 500)
        {
            throw new IOException($"The Runtime API answered {response.StatusCode}.");
        }
    }

    public void Dispose() => _connection?.Dispose();
}
