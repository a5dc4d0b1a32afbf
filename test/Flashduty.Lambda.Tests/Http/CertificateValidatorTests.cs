using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flashduty.Lambda.Http;

namespace Flashduty.Lambda.Tests.Http;

public sealed class CertificateValidatorTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static TestPki Pki => TestPki.Shared;

    public static TheoryData<string> Accepted => ["EC", "RSA", "with root", "wrong order"];

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Certificate_under_a_trusted_authority_is_accepted(string which)
    {
        var certificate = which switch
        {
            "RSA" => Pki.ValidRsa,
            "with root" => new ServerCertificate(Pki.Valid.Leaf, Pki.Issuer, Pki.Root),
            "wrong order" => new ServerCertificate(Pki.Valid.Leaf, Pki.Root, Pki.Issuer),
            _ => Pki.Valid,
        };
        Assert.Null(await FailureAsync(certificate, Transport.Trust));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { nameof(TestPki.Expired), "the certificate of localhost expired on" },
        { nameof(TestPki.NotYetValid), "the certificate of localhost is not valid before" },
        { nameof(TestPki.WrongHost), "the certificate is for other.example, not for this host" },
        { nameof(TestPki.SelfSigned), "the certificate is self-signed" },
        { nameof(TestPki.Untrusted), "the server did not send the certificate of Untrusted root" },
        { nameof(TestPki.WithoutIssuer), "the server must send its intermediate certificates" },
        { nameof(TestPki.WrongPurpose), "" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Certificate_that_must_not_be_trusted_is_refused_with_the_reason(string which, string reason)
    {
        var certificate = (ServerCertificate)typeof(TestPki).GetProperty(which)!.GetValue(Pki)!;
        var failure = await FailureAsync(certificate, Transport.Trust);
        Assert.Contains("failed the TLS handshake: ", failure!.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Nothing_is_downloaded_for_a_chain_that_lacks_its_issuer()
    {
        await using var address = RawServer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        Assert.NotNull(await FailureAsync(Pki.WithIssuerAddress(new Uri(address.Url, "issuer.crt")), Transport.Trust));
        Assert.Equal(0, address.Connections);
    }

    [Fact]
    public async Task Missing_bundle_is_reported_with_the_places()
    {
        var failure = await FailureAsync(Pki.Valid, new SystemTrust("/nonexistent/bundle.crt", "/nonexistent/certs"));
        Assert.Contains(
            "no certificate authorities were found in /nonexistent/bundle.crt (SSL_CERT_FILE), /nonexistent/certs (SSL_CERT_DIR)",
            failure!.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_of_certificates_is_a_place_of_authorities()
    {
        var folder = Directory.CreateTempSubdirectory("authorities-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "root.pem"), Pki.Root.ExportCertificatePem(), TestContext.Current.CancellationToken);
        Assert.Null(await FailureAsync(Pki.Valid, new SystemTrust("/nonexistent", $"/nonexistent:{folder}")));
    }

    public static TheoryData<string> Bundles => ["comments", "CRLF", "duplicates", "no line break at the end", "X509 label"];

    [Theory]
    [MemberData(nameof(Bundles))]
    public async Task Bundle_is_read_however_it_is_written(string how)
    {
        var root = Pki.Root.ExportCertificatePem();
        var bundle = how switch
        {
            "comments" => $"# Test root\nsubject=CN = Test root\n\n{root}\n-- the end --\n",
            "CRLF" => $"# Test root\r\n{root.ReplaceLineEndings("\r\n")}\r\n",
            "duplicates" => $"{root}\n{root}\n{root}\n",
            "X509 label" => root.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal) + "\n",
            _ => root,
        };
        Assert.Null(await FailureAsync(Pki.Valid, Trusting(bundle)));
    }

    [Fact]
    public async Task Broken_block_does_not_hide_the_authorities_around_it()
    {
        var broken = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n";
        Assert.Null(await FailureAsync(Pki.Valid, Trusting($"{broken}{Pki.Root.ExportCertificatePem()}\n{broken}")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_authority_with_the_same_subject_does_not_get_in_the_way(bool isFirst)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Pki.Root.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var twin = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        var (root, other) = (Pki.Root.ExportCertificatePem(), twin.ExportCertificatePem());

        Assert.Null(await FailureAsync(Pki.Valid, Trusting(isFirst ? $"{other}\n{root}\n" : $"{root}\n{other}\n")));
        Assert.NotNull(await FailureAsync(Pki.Valid, Trusting(other)));
    }

    [Fact]
    public async Task Intermediate_in_the_bundle_completes_a_chain_but_is_no_root()
    {
        var (root, issuer) = (Pki.Root.ExportCertificatePem(), Pki.Issuer.ExportCertificatePem());
        Assert.Null(await FailureAsync(Pki.WithoutIssuer, Trusting($"{issuer}\n{root}\n")));
        Assert.NotNull(await FailureAsync(Pki.WithoutIssuer, Trusting(issuer)));
    }

    /// <summary>The verdict on each certificate is that of OpenSSL with the same bundle.</summary>
    [Fact]
    public async Task Trust_is_the_same_as_OpenSSLs()
    {
        ExternalTool.RequireOrSkip("openssl", "apt-get install openssl");
        var folder = Directory.CreateTempSubdirectory("verify-").FullName;
        (string Name, ServerCertificate Certificate)[] all =
        [
            ("valid", Pki.Valid), ("RSA", Pki.ValidRsa), ("expired", Pki.Expired), ("not yet valid", Pki.NotYetValid),
            ("no issuer", Pki.WithoutIssuer), ("purpose", Pki.WrongPurpose), ("self-signed", Pki.SelfSigned), ("untrusted", Pki.Untrusted),
            ("host", Pki.WrongHost),
        ];
        foreach (var (name, certificate) in all)
        {
            var (leaf, chain) = (Path.Combine(folder, "leaf.pem"), Path.Combine(folder, "chain.pem"));
            await File.WriteAllTextAsync(leaf, certificate.Leaf.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                chain, string.Join('\n', certificate.Intermediates.Select(sent => sent.ExportCertificatePem())) + "\n", TestContext.Current.CancellationToken);
            var verdict = await ExternalTool.RunAsync(
                "openssl",
                ["verify", "-no-CApath", "-no-CAstore", "-CAfile", Pki.BundlePath, "-untrusted", chain, "-purpose", "sslserver", "-verify_ip", "127.0.0.1", leaf]);
            Assert.True((verdict.ExitCode == 0) == (await FailureAsync(certificate, Transport.Trust) is null), $"{name}: OpenSSL says {verdict.Output}{verdict.Errors}");
        }
    }

    private static SystemTrust Trusting(string bundle)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("bundle-").FullName, "bundle.crt");
        File.WriteAllText(path, bundle);
        return new SystemTrust(path, "/nonexistent");
    }

    private static async Task<TransportException?> FailureAsync(ServerCertificate certificate, SystemTrust trust)
    {
        await using var server = RawServer.Answering(Ok, certificate);
        using var invoker = new HttpMessageInvoker(Transport.Create(trust: trust));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
            using var response = await invoker.SendAsync(request, limit.Token);
            return null;
        }
        catch (TransportException exception)
        {
            return exception;
        }
    }
}
