using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kit.Servers;

/// <summary>A server's certificate with its private key, and the chain that the server sends.</summary>
public sealed class ServerCertificate(X509Certificate2 leaf, params X509Certificate2[] intermediates)
{
    public X509Certificate2 Leaf => leaf;

    /// <summary>Sent after the leaf.</summary>
    public X509Certificate2Collection Intermediates { get; } = [.. intermediates];

    /// <summary>Made once: its making builds a chain.</summary>
    public SslStreamCertificateContext Context => field ??= SslStreamCertificateContext.Create(leaf, Intermediates, offline: true);
}
