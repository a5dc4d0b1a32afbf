using Flashduty.Lambda.Receiving;
using Flashduty.Lambda.Tests.Normalization;

namespace Flashduty.Lambda.Tests.AlertRules;

internal static class SampleAlertEvents
{
    public const string OrderDetail = """
        {
          "orderId": "A-1", "state": "FAILED", "reason": "Card declined.", "amount": 12.5, "severity": "critical",
          "customer": { "email": "jane@example.com", "name": "Jane", "tier": "gold" },
          "items": [{ "sku": "tea", "secretNote": "n1" }, { "sku": "mug", "secretNote": "n2" }], "url": "https://evil.example.org/x"
        }
        """;

    public static EventBridgeEvent Order(string detail = OrderDetail, string id = "e-1") =>
        SampleEvents.Of("com.example.orders", "Order Failed", detail, id: id);
}
