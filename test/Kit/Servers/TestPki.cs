using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kit.Servers;

/// <summary>A public key infrastructure made in process: a root that the function trusts through <see cref="BundlePath"/>, an issuer
/// below it, and servers' certificates, good and bad, for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.</summary>
public sealed class TestPki
{
    private static readonly Lazy<TestPki> Lazy = new(() => new TestPki());

    private readonly ECDsa _issuerKey = NewKey();
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private TestPki()
    {
        using var rootKey = NewKey();
        Root = CreateRoot("Test root", rootKey);
        Issuer = CreateIssuer(Root, rootKey, _issuerKey);
        Valid = new ServerCertificate(CreateLeaf(), Issuer);

        // A bundle has other authorities too, before and after the one that counts.
        using var otherKey = NewKey();
        var (other, another) = (CreateRoot("Other root", otherKey), CreateRoot("Another root", otherKey));
        BundlePath = Path.Combine(Directory.CreateTempSubdirectory("test-pki-").FullName, "ca-bundle.crt");
        File.WriteAllText(BundlePath, string.Join('\n', "# Other root", other.ExportCertificatePem(), "", "# Test root", Root.ExportCertificatePem(), another.ExportCertificatePem(), ""));
    }

    /// <summary>One for the whole process.</summary>
    public static TestPki Shared => Lazy.Value;

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuer { get; }

    /// <summary>A PEM file of authorities with <see cref="Root"/> among them: the value for <c>SSL_CERT_FILE</c>.</summary>
    public string BundlePath { get; }

    public ServerCertificate Valid { get; }

    /// <summary>With an RSA key under the issuer's elliptic-curve key.</summary>
    public ServerCertificate ValidRsa => field ??= new(CreateRsaLeaf(), Issuer);

    public ServerCertificate Expired => field ??= new(CreateLeaf(notBefore: _now.AddDays(-30), notAfter: _now.AddDays(-1)), Issuer);

    public ServerCertificate NotYetValid => field ??= new(CreateLeaf(notBefore: _now.AddDays(1), notAfter: _now.AddDays(30)), Issuer);

    public ServerCertificate WrongHost => field ??= new(CreateLeaf(host: "other.example"), Issuer);

    /// <summary>Without the issuer that a client needs to find the root.</summary>
    public ServerCertificate WithoutIssuer => field ??= new(CreateLeaf());

    /// <summary>For clients, not for servers.</summary>
    public ServerCertificate WrongPurpose => field ??= new(CreateLeaf(purpose: "1.3.6.1.5.5.7.3.2"), Issuer);

    public ServerCertificate SelfSigned => field ??= CreateSelfSigned();

    /// <summary>Well-formed, under a root that is not in the bundle.</summary>
    public ServerCertificate Untrusted => field ??= CreateUntrusted();

    /// <summary>Without its issuer, but with an address to download it from; nothing may ever ask there.</summary>
    public ServerCertificate WithIssuerAddress(Uri address) => new(CreateLeaf(issuerAddress: address));

    private X509Certificate2 CreateLeaf(
        string? host = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, string purpose = "1.3.6.1.5.5.7.3.1", Uri? issuerAddress = null)
    {
        using var key = NewKey();
        var request = Describe(new CertificateRequest($"CN={host ?? "localhost"}", key, HashAlgorithmName.SHA256), host, purpose);
        if (issuerAddress is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerAddress.ToString()]));
        }

        using var certificate = Sign(request, notBefore, notAfter);
        return certificate.CopyWithPrivateKey(key);
    }

    private X509Certificate2 CreateRsaLeaf()
    {
        using var key = RSA.Create(2048);
        using var certificate = Sign(Describe(new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        return certificate.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Issuer, true, false));
        return request.Create(
            Issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(_issuerKey), notBefore ?? _now.AddDays(-1), notAfter ?? _now.AddDays(30), SerialNumber());
    }

    private ServerCertificate CreateSelfSigned()
    {
        using var key = NewKey();
        return new ServerCertificate(Describe(new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)).CreateSelfSigned(_now.AddDays(-1), _now.AddDays(30)));
    }

    private ServerCertificate CreateUntrusted()
    {
        using var rootKey = NewKey();
        using var root = CreateRoot("Untrusted root", rootKey);
        using var key = NewKey();
        using var certificate = Describe(new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)).Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), _now.AddDays(-1), _now.AddDays(30), SerialNumber());
        return new ServerCertificate(certificate.CopyWithPrivateKey(key));
    }

    private static CertificateRequest Describe(CertificateRequest request, string? host = null, string purpose = "1.3.6.1.5.5.7.3.1")
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? "localhost");
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private X509Certificate2 CreateRoot(string name, ECDsa key)
    {
        var request = DescribeAuthority(name, key);
        using var root = request.CreateSelfSigned(_now.AddYears(-1), _now.AddYears(1));
        return X509CertificateLoader.LoadCertificate(root.RawData);
    }

    private X509Certificate2 CreateIssuer(X509Certificate2 root, ECDsa rootKey, ECDsa key)
    {
        var request = DescribeAuthority("Test issuer", key);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        return request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), _now.AddMonths(-6), _now.AddMonths(6), SerialNumber());
    }

    private static CertificateRequest DescribeAuthority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}, O=Flashduty.Lambda tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static byte[] SerialNumber() => [0x01, .. RandomNumberGenerator.GetBytes(15)];
}
