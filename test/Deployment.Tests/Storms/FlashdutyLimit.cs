namespace Deployment.Tests.Storms;

/// <summary>Flashduty's rate limit of one integration: 100 requests a second and 1,000 a minute, counted over the last second and
/// minute.</summary>
internal sealed class FlashdutyLimit
{
    private readonly Queue<double> _lastMinute = new();
    private readonly Queue<double> _lastSecond = new();

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public int BusiestMinute { get; private set; }

    public bool TryAccept(double at)
    {
        Forget(_lastMinute, at - 60);
        Forget(_lastSecond, at - 1);
        if (_lastMinute.Count >= 1000 || _lastSecond.Count >= 100)
        {
            Refused++;
            return false;
        }

        _lastMinute.Enqueue(at);
        _lastSecond.Enqueue(at);
        Accepted++;
        BusiestMinute = Math.Max(BusiestMinute, _lastMinute.Count);
        return true;
    }

    private static void Forget(Queue<double> requests, double before)
    {
        while (requests.TryPeek(out var at) && at <= before)
        {
            requests.Dequeue();
        }
    }
}
