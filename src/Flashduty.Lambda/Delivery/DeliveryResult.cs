using Flashduty.Lambda.Errors;
using Flashduty.Lambda.Routing;

namespace Flashduty.Lambda.Delivery;

/// <summary>How an alert's delivery to one channel ended.</summary>
/// <param name="Attempts">How often it was sent; 0 in a dry run.</param>
/// <param name="Failure">Null if Flashduty took it.</param>
internal sealed record DeliveryResult(Channel Channel, int Attempts, IntegrationException? Failure);
