using System.Runtime.InteropServices;

namespace Flashduty.Lambda.Http;

/// <summary>The certificate authorities that the machine trusts, read when the first peer presents a certificate.</summary>
/// <remarks>
/// .NET parses every authority of the machine before it checks its first certificate: some 145 of them, 20 to 40 ms of each cold
/// start. So OpenSSL's own lookup is pointed at nothing (<see cref="HideFromOpenSsl"/>), and only the authorities whose subject a peer's
/// certificates name as their issuer are parsed. Which authorities are trusted stays the same.
/// </remarks>
internal sealed partial class SystemTrust
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string FolderVariable = "SSL_CERT_DIR";

    /// <summary>Exists on no Linux system; Debian gives it as the home folder of users without one.</summary>
    private const string Nowhere = "/nonexistent";

    /// <summary>Where the distributions keep the bundle of all authorities.</summary>
    private static readonly string[] WellKnownBundles =
    [
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Amazon Linux, Fedora, Red Hat
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine
        "/etc/pki/tls/certs/ca-bundle.crt", // older Amazon Linux and Fedora
        "/etc/ssl/cert.pem", // Alpine, macOS
        "/etc/ssl/ca-bundle.pem", // SUSE
    ];

    private readonly Lazy<CertificateBundle>[] _bundles;

    /// <param name="file">The value of <c>SSL_CERT_FILE</c>: a bundle instead of the system's.</param>
    /// <param name="folders">The value of <c>SSL_CERT_DIR</c>: folders of certificates, separated by colons.</param>
    public SystemTrust(string? file, string? folders)
    {
        var bundles = new List<Lazy<CertificateBundle>>();
        if (file is { Length: > 0 })
        {
            Places.Add($"{file} ({FileVariable})");
            bundles.Add(new(() => CertificateBundle.ReadFile(file)));
        }

        foreach (var folder in (folders ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            Places.Add($"{folder} ({FolderVariable})");
            bundles.Add(new(() => CertificateBundle.ReadFolder(folder)));
        }

        // As for OpenSSL, the defaults count unless both variables replace them.
        if (string.IsNullOrEmpty(file) || string.IsNullOrEmpty(folders))
        {
            Places.AddRange(WellKnownBundles);
            bundles.Add(new(ReadWellKnown));
        }

        _bundles = [.. bundles];
    }

    /// <summary>Where authorities are looked for, in that order; for messages.</summary>
    public List<string> Places { get; } = [];

    /// <summary>The machine's authorities, as the environment of this process says.</summary>
    public static SystemTrust FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(FileVariable), Environment.GetEnvironmentVariable(FolderVariable));

    /// <summary>Makes OpenSSL, and with it .NET, find no authorities of its own. Read <see cref="FromEnvironment"/> first.</summary>
    /// <remarks>
    /// .NET keeps a copy of the environment, so this sets the C library's, which OpenSSL reads. It must happen before the first TLS
    /// connection. A user without a home folder gets one that does not exist: .NET refuses to check certificates without, since it
    /// looks there for the user's own.
    /// </remarks>
    public static void HideFromOpenSsl()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        SetEnv(FileVariable, Nowhere, 1);
        SetEnv(FolderVariable, Nowhere, 1);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
        {
            Environment.SetEnvironmentVariable("HOME", Nowhere);
        }
    }

    /// <summary>The authorities with one of these subjects, and their own issuers, from the first place that has any of them.</summary>
    public IReadOnlyList<Authority> Find(IEnumerable<ReadOnlyMemory<byte>> subjects)
    {
        var wanted = subjects.ToList();
        foreach (var bundle in _bundles)
        {
            if (bundle.Value.Find(wanted) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>Every authority of every place.</summary>
    public IEnumerable<Authority> All => _bundles.SelectMany(bundle => bundle.Value.Authorities);

    private static CertificateBundle ReadWellKnown() =>
        WellKnownBundles.Select(CertificateBundle.ReadFile).FirstOrDefault(bundle => bundle.Authorities.Count > 0) ?? CertificateBundle.Empty;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
