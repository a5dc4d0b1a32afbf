using System.Threading.Channels;

namespace Flashduty.Lambda.Local.Recording;

/// <summary>A change to the store.</summary>
/// <param name="Row">The row that is new or different; null if all are gone.</param>
internal sealed record AlertChange(AlertRow? Row);

/// <summary>The alerts received, in memory. Thread-safe.</summary>
/// <param name="capacity">The number of rows; beyond it the oldest go.</param>
/// <param name="maxEventBytes">All events together; beyond it, too, the oldest go.</param>
internal sealed class AlertStore(int capacity = AlertStore.DefaultCapacity, long maxEventBytes = AlertStore.DefaultMaxEventBytes)
{
    public const int DefaultCapacity = 10_000;
    public const long DefaultMaxEventBytes = 256 * 1024 * 1024;

    private const int MaxPending = 1_000;

    private readonly Lock _lock = new();

    // By the time of the last delivery, oldest first.
    private readonly LinkedList<AlertRow> _rows = [];
    private readonly Dictionary<long, LinkedListNode<AlertRow>> _byId = [];
    private readonly Dictionary<string, LinkedListNode<AlertRow>> _openByKey = [];
    private readonly List<Subscription> _subscribers = [];

    private long _lastId;
    private long _eventBytes;

    /// <summary>Adds to the open row with the delivery's alert key, else begins a row.</summary>
    public AlertRow Add(DeliveredEvent delivery)
    {
        lock (_lock)
        {
            AlertRow row;
            if (delivery.Alert?.Key is { } key && _openByKey.TryGetValue(key, out var open))
            {
                row = open.Value.With(delivery);
                _eventBytes += Bytes(row) - Bytes(open.Value);
                _rows.Remove(open);
            }
            else
            {
                row = new AlertRow(++_lastId, [delivery], 1, delivery.Time, IsClosed: false);
                _eventBytes += Bytes(row);
            }

            var node = _rows.AddLast(row);
            _byId[row.Id] = node;
            if (delivery.Alert is { } alert)
            {
                _openByKey[alert.Key] = node;
            }

            while (_rows.Count > capacity || (_eventBytes > maxEventBytes && _rows.Count > 1))
            {
                Remove(_rows.First!);
            }

            Publish(new AlertChange(row));
            return row;
        }
    }

    /// <summary>Ends the alert, as closing its incident does: the next delivery with its key begins a new row.</summary>
    /// <returns>Null if there is no such row.</returns>
    public AlertRow? Close(long id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var node))
            {
                return null;
            }

            node.Value = node.Value with { IsClosed = true };
            RemoveKey(node);
            Publish(new AlertChange(node.Value));
            return node.Value;
        }
    }

    public AlertRow? Find(long id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id)?.Value;
        }
    }

    /// <summary>All rows, newest first.</summary>
    public IReadOnlyList<AlertRow> List()
    {
        lock (_lock)
        {
            return [.. _rows.Reverse()];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rows.Clear();
            _byId.Clear();
            _openByKey.Clear();
            _eventBytes = 0;
            Publish(new AlertChange(null));
        }
    }

    /// <summary>Changes from now on, until the subscription is disposed. A reader that falls far behind loses the oldest ones.</summary>
    public Subscription Subscribe()
    {
        var subscription = new Subscription(this);
        lock (_lock)
        {
            _subscribers.Add(subscription);
        }

        return subscription;
    }

    private void Remove(LinkedListNode<AlertRow> node)
    {
        _eventBytes -= Bytes(node.Value);
        _byId.Remove(node.Value.Id);
        RemoveKey(node);
        _rows.Remove(node);
    }

    private void RemoveKey(LinkedListNode<AlertRow> node)
    {
        if (node.Value.Latest.Alert?.Key is { } key && _openByKey.GetValueOrDefault(key) == node)
        {
            _openByKey.Remove(key);
        }
    }

    private void Publish(AlertChange change)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Changes.Writer.TryWrite(change);
        }
    }

    private static long Bytes(AlertRow row) => row.Deliveries.Sum(delivery => (long)delivery.Event.Length);

    internal sealed class Subscription(AlertStore store) : IDisposable
    {
        internal Channel<AlertChange> Changes { get; } = Channel.CreateBounded<AlertChange>(
            new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public IAsyncEnumerable<AlertChange> ReadAllAsync(CancellationToken cancellation) => Changes.Reader.ReadAllAsync(cancellation);

        public void Dispose()
        {
            lock (store._lock)
            {
                store._subscribers.Remove(this);
            }
        }
    }
}
