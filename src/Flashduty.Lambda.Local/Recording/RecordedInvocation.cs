using Flashduty.Lambda.Local.Flashduty;
using Flashduty.Lambda.Local.Output;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>What happens around the function during one invocation: its log, and its requests to the simulated Flashduty.</summary>
internal sealed class RecordedInvocation(string requestId, ReadOnlyMemory<byte> payload, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<FunctionLogLine> _lines = [];
    private readonly List<FlashdutyPush> _pushes = [];

    public string RequestId => requestId;

    public ReadOnlyMemory<byte> Payload => payload;

    public DateTimeOffset Time { get; } = time.GetUtcNow();

    public long Start { get; } = time.GetTimestamp();

    public IReadOnlyList<FunctionLogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public IReadOnlyList<FlashdutyPush> Pushes
    {
        get
        {
            lock (_lock)
            {
                return [.. _pushes];
            }
        }
    }

    public void Add(FunctionLogLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    public void Add(FlashdutyPush push)
    {
        lock (_lock)
        {
            _pushes.Add(push);
        }
    }
}
