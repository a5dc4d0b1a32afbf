using System.Security.Cryptography;
using System.Text;
using Flashduty.Lambda.Receiving;

namespace Flashduty.Lambda.Normalization;

/// <summary>Step 3: an event becomes an alert.</summary>
internal sealed class Normalizer(Settings settings)
{
    public Alert Normalize(EventBridgeEvent e)
    {
        _ = settings;
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{e.Account}\n{e.Region}\n{e.Id}")).AsSpan(0, 16));
        return new Alert(e.DetailType, e.DetailType, "eventbridge:" + key, [new("source", e.Source)]);
    }
}
