using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flashduty.Lambda.Http;

/// <summary>A server's certificate is refused. The message says why, and what to do.</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message);

/// <summary>Checks a server's certificate: chain, time, purpose and host name by .NET, against the system's authorities.</summary>
internal sealed class CertificateValidator(SystemTrust trust)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>What any TLS key exchange needs the server's key for.</summary>
    private const X509KeyUsageFlags ServerKeyUsages =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement;

    public SslClientAuthenticationOptions CreateOptions() => new()
    {
        // .NET builds a chain before it asks; without authorities that ends where the server's certificates do.
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { ServerAuthentication },
        },
        RemoteCertificateValidationCallback = Validate,
    };

    /// <exception cref="CertificateRefusedException"/>
    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || chain is null)
        {
            throw new CertificateRefusedException("the server sent no certificate");
        }

        if (!IsTrusted(server, chain))
        {
            throw new CertificateRefusedException(Explain(server, chain));
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new CertificateRefusedException(
                $"the certificate is for {Names(server)}, not for this host: correct the address, or the server's certificate");
        }

        var usage = server.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        return usage is null || (usage.KeyUsages & ServerKeyUsages) != X509KeyUsageFlags.None
            ? true
            : throw new CertificateRefusedException("the certificate is not valid for a server: its key usage does not allow TLS");
    }

    private bool IsTrusted(X509Certificate2 server, X509Chain chain)
    {
        var presented = chain.ChainPolicy.ExtraStore;
        var issuers = presented.Append(server).Select(sent => (ReadOnlyMemory<byte>)sent.IssuerName.RawData);
        if (Build(server, chain, trust.Find(issuers)))
        {
            return true;
        }

        // Names that differ in their encoding only are equal to OpenSSL, so what is not found may still be there.
        return IsIncomplete(chain) && Build(server, chain, trust.All);
    }

    private static bool Build(X509Certificate2 server, X509Chain chain, IEnumerable<Authority> authorities)
    {
        var roots = chain.ChainPolicy.CustomTrustStore;
        roots.Clear();
        foreach (var authority in authorities)
        {
            try
            {
                roots.Add(X509CertificateLoader.LoadCertificate(authority.Der.Span));
            }
            catch (CryptographicException)
            {
                // A certificate that cannot be parsed cannot be trusted either.
            }
        }

        return roots.Count > 0 && chain.Build(server);
    }

    private static bool IsIncomplete(X509Chain chain) =>
        Has(chain, X509ChainStatusFlags.PartialChain) || Has(chain, X509ChainStatusFlags.UntrustedRoot);

    private static bool Has(X509Chain chain, X509ChainStatusFlags flag) => Array.Exists(chain.ChainStatus, status => status.Status.HasFlag(flag));

    private string Explain(X509Certificate2 server, X509Chain chain)
    {
        if (!trust.All.Any())
        {
            return $"no certificate authorities were found in {string.Join(", ", trust.Places)}";
        }

        if (Has(chain, X509ChainStatusFlags.NotTimeValid))
        {
            var now = TimeProvider.System.GetLocalNow().DateTime; // as a certificate tells its own times
            var outdated = chain.ChainElements.Select(element => element.Certificate).First(c => c.NotAfter < now || c.NotBefore > now);
            return outdated.NotAfter < now
                ? $"the certificate of {Name(outdated)} expired on {Day(outdated.NotAfter)}: the server must renew it"
                : $"the certificate of {Name(outdated)} is not valid before {Day(outdated.NotBefore)}: check the server's certificate and this machine's clock";
        }

        if (IsIncomplete(chain))
        {
            var last = chain.ChainElements.Count > 0 ? chain.ChainElements[^1].Certificate : server;
            if (last.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData))
            {
                return last.RawDataMemory.Span.SequenceEqual(server.RawDataMemory.Span)
                    ? "the certificate is self-signed and is not among the trusted authorities"
                    : $"the authority {Name(last)} is not trusted: if it should be, add it to the bundle that SSL_CERT_FILE names";
            }

            return $"the server did not send the certificate of {last.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}, "
                + "and it is not among the trusted authorities: the server must send its intermediate certificates";
        }

        return string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()));
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Name(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())));
        return names.Any() ? string.Join(", ", names.Take(5)) : Name(certificate);
    }
}
