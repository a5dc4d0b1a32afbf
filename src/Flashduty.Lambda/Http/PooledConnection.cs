using System.Runtime.CompilerServices;

namespace Flashduty.Lambda.Http;

/// <summary>A kept connection turned out to be dead before a byte of the answer came: the request can be sent again on another.</summary>
internal sealed class ConnectionLostException() : IOException("A kept connection was lost before it answered.");

/// <summary>Which connections of a service may still be alive, as far as it is known.</summary>
internal sealed class ConnectionHealth(TimeProvider time)
{
    /// <summary>A connection that was idle for longer is not used again.</summary>
    /// <remarks>By the wall clock: the monotonic one may stand still while Lambda freezes the environment.</remarks>
    public static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(60);

    /// <summary>From this idle time on a connection may have died silently, and has <see cref="AgedAnswerTime"/> to show that it did not.</summary>
    public static readonly TimeSpan AgedAfter = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan AgedAnswerTime = TimeSpan.FromSeconds(1);

    private DateTimeOffset _distrustedBefore = DateTimeOffset.MinValue;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeProvider Time => time;

    /// <summary>A connection that was last alive before <paramref name="moment"/> proved dead: what killed it may have killed the others.</summary>
    public void DistrustBefore(DateTimeOffset moment)
    {
        if (moment > _distrustedBefore)
        {
            _distrustedBefore = moment;
        }
    }

    public bool IsUsable(DateTimeOffset lastActivity, DateTimeOffset now) =>
        lastActivity >= _distrustedBefore && (now - lastActivity).Duration() < MaxIdleTime;
}

/// <summary>A connection as the HTTP client uses it, TLS already taken off: it finds out when it died while it was kept.</summary>
/// <param name="stream">Where the bytes go.</param>
/// <param name="health">Shared by all connections to the service.</param>
internal sealed class PooledConnection(Stream stream, ConnectionHealth health) : Stream
{
    private DateTimeOffset _lastActivity = health.Now;
    private DateTimeOffset _requestStart;
    private ITimer? _ageLimit;
    private int _requests;
    private bool _isAwaitingAnswer;
    private bool _hasEnded;
    private bool _isDisposed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the request at hand went out on a connection that had answered before, and has no answer yet.</summary>
    private bool IsUnprovenReuse => _isAwaitingAnswer && _requests > 1;

    /// <remarks>
    /// The client reads ahead before it uses a kept connection again, and drops it if that read ends: an unusable one tells it so here.
    /// </remarks>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        !_isAwaitingAnswer && _requests > 0 && !health.IsUsable(_lastActivity, health.Now)
            ? new ValueTask<int>(0)
            : ReadCoreAsync(buffer, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadCoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        try
        {
            count = await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (IsUnprovenReuse && !cancellationToken.IsCancellationRequested && exception is IOException or ObjectDisposedException)
        {
            throw new ConnectionLostException();
        }

        if (count > 0)
        {
            _isAwaitingAnswer = false;
            _lastActivity = health.Now;
            StopAgeLimit();
        }
        else if (!buffer.IsEmpty)
        {
            _hasEnded = true;
            return IsUnprovenReuse ? throw new ConnectionLostException() : 0;
        }

        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isAwaitingAnswer)
        {
            BeginRequest();
        }

        try
        {
            await stream.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException) when (_requests > 1)
        {
            throw new ConnectionLostException();
        }
    }

    private void BeginRequest()
    {
        _requestStart = health.Now;
        if (_requests++ > 0)
        {
            if (_hasEnded || !health.IsUsable(_lastActivity, _requestStart))
            {
                throw new ConnectionLostException();
            }

            if (_requestStart - _lastActivity >= ConnectionHealth.AgedAfter)
            {
                _ageLimit = health.Time.CreateTimer(
                    static connection => ((PooledConnection)connection!).Dispose(), this, ConnectionHealth.AgedAnswerTime, Timeout.InfiniteTimeSpan);
            }
        }

        _isAwaitingAnswer = true;
    }

    private void StopAgeLimit()
    {
        _ageLimit?.Dispose();
        _ageLimit = null;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            if (IsUnprovenReuse)
            {
                // Given up while it was waited for.
                health.DistrustBefore(_requestStart);
            }

            StopAgeLimit();
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
