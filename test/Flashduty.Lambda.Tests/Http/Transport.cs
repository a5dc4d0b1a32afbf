using Flashduty.Lambda.Delivery;
using Flashduty.Lambda.Http;

namespace Flashduty.Lambda.Tests.Http;

/// <summary>The function's own way to a service, trusting the test authority.</summary>
internal static class Transport
{
    public static SystemTrust Trust { get; } = new(TestPki.Shared.BundlePath, "/nonexistent");

    public static ServiceHandler Create(TimeProvider? time = null, SystemTrust? trust = null) =>
        new(trust ?? Trust, time ?? TimeProvider.System, TimeSpan.FromSeconds(20), RetryPolicy.MaxConcurrency, FlashdutyClient.MaxResponseBytes);
}
