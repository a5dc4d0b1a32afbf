using System.Buffers;
using System.Buffers.Text;
using System.Formats.Asn1;

namespace Flashduty.Lambda.Http;

/// <summary>A certificate of a bundle, not yet parsed but for its names.</summary>
/// <param name="Der">The certificate's encoding.</param>
/// <param name="Subject">The encoding of its subject: a part of <paramref name="Der"/>.</param>
/// <param name="Issuer">The encoding of its issuer: a part of <paramref name="Der"/>.</param>
internal readonly record struct Authority(ReadOnlyMemory<byte> Der, ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte> Issuer);

/// <summary>The certificates of a file or a folder in PEM. What is between them, or broken, is skipped.</summary>
internal sealed class CertificateBundle(IReadOnlyList<Authority> authorities)
{
    public static CertificateBundle Empty { get; } = new([]);

    public IReadOnlyList<Authority> Authorities => authorities;

    /// <summary>Empty if there is no such file, or it cannot be read.</summary>
    public static CertificateBundle ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Empty;
        }
    }

    /// <inheritdoc cref="ReadFile"/>
    public static CertificateBundle ReadFolder(string path)
    {
        try
        {
            return new([.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).SelectMany(file => ReadFile(file).Authorities)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Empty;
        }
    }

    public static CertificateBundle Parse(ReadOnlySpan<byte> pem)
    {
        var authorities = new List<Authority>(160);
        while (pem.IndexOf("-----BEGIN "u8) is var begin and >= 0)
        {
            pem = pem[(begin + "-----BEGIN "u8.Length)..];

            // Not "TRUSTED CERTIFICATE": what such a block says of a certificate's use may be that it must not be used.
            var isCertificate = pem.StartsWith("CERTIFICATE-----"u8) || pem.StartsWith("X509 CERTIFICATE-----"u8);
            var body = pem[(pem.IndexOf("-----"u8) + 5)..];
            var end = body.IndexOf("-----"u8);
            if (isCertificate && end >= 0 && body[end..].StartsWith("-----END "u8) && Decode(body[..end]) is { } der
                && ReadNames(der) is { } authority)
            {
                authorities.Add(authority);
            }
        }

        return new CertificateBundle(authorities);
    }

    /// <summary>Those with one of these subjects, and the issuers of those, as far as they are here.</summary>
    public List<Authority> Find(IEnumerable<ReadOnlyMemory<byte>> subjects)
    {
        var found = new List<Authority>();
        var wanted = new List<ReadOnlyMemory<byte>>(subjects);
        for (var i = 0; i < wanted.Count; i++)
        {
            foreach (var authority in authorities)
            {
                if (authority.Subject.Span.SequenceEqual(wanted[i].Span) && !found.Exists(other => other.Der.Span.SequenceEqual(authority.Der.Span)))
                {
                    found.Add(authority);
                    if (!wanted.Exists(name => name.Span.SequenceEqual(authority.Issuer.Span)))
                    {
                        wanted.Add(authority.Issuer);
                    }
                }
            }
        }

        return found;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> base64)
    {
        // Line breaks are taken out first: the decoder skips them too, but leaves its fast path for each.
        var text = ArrayPool<byte>.Shared.Rent(base64.Length);
        try
        {
            var length = 0;
            while (!base64.IsEmpty)
            {
                var end = base64.IndexOfAny("\r\n"u8);
                var line = end < 0 ? base64 : base64[..end];
                line.CopyTo(text.AsSpan(length));
                length += line.Length;
                base64 = end < 0 ? default : base64[(end + 1)..];
            }

            var der = new byte[Base64.GetMaxDecodedFromUtf8Length(length)];
            return Base64.DecodeFromUtf8(text.AsSpan(0, length), der, out _, out var written) == OperationStatus.Done
                ? written == der.Length ? der : der[..written]
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    /// <summary>Walks to the names: RFC 5280, section 4.1.</summary>
    private static Authority? ReadNames(byte[] der)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (reader.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 })
            {
                reader.ReadEncodedValue(); // version
            }

            reader.ReadEncodedValue(); // serial number
            reader.ReadEncodedValue(); // signature algorithm
            var issuer = reader.ReadEncodedValue();
            reader.ReadEncodedValue(); // validity
            return new Authority(der, reader.ReadEncodedValue(), issuer);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
