using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Flashduty.Lambda.Routing.Matching;

/// <summary><c>cidr:10.0.0.206/24</c>: a field that is one IP address within the range. Any other field does not match.</summary>
/// <remarks>
/// As in Flashduty's own example the address may have bits beyond the prefix, which say nothing. IPv4 is dotted decimal without leading
/// zeros; IPv6 has no zone and no brackets; an IPv4 address in IPv6 form (<c>::ffff:10.0.0.1</c>) is the IPv4 address. The two kinds never
/// match each other.
/// </remarks>
internal sealed class CidrMatcher : ValueMatcher
{
    private readonly Address _network;
    private readonly UInt128 _mask;

    private CidrMatcher(Address network, UInt128 mask)
    {
        _network = network;
        _mask = mask;
    }

    /// <param name="value">For the message.</param>
    /// <param name="text">What follows <c>cidr:</c>.</param>
    public static CidrMatcher Parse(string value, ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash >= 0
            && Address.TryParse(text[..slash], out var address)
            && text.Length - slash is 2 or 3 or 4
            && int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
            var bits = address.IsV4 ? 32 : 128;
            prefix -= address.IsV4 && text[..slash].Contains(':') ? 96 : 0;
            if (prefix >= 0 && prefix <= bits)
            {
                var mask = prefix == 0 ? 0 : UInt128.MaxValue << (bits - prefix);
                return new CidrMatcher(address, mask);
            }
        }

        throw new FormatException($"\"{value}\" is no IP range: write an address, a slash and how many bits count, as cidr:10.0.0.0/8");
    }

    public override bool Matches(string field) =>
        Address.TryParse(field, out var address)
        && address.IsV4 == _network.IsV4
        && ((address.Bits ^ _network.Bits) & _mask) == 0;

    private readonly record struct Address(bool IsV4, UInt128 Bits)
    {
        private static readonly UInt128 V4InV6 = (UInt128)0xFFFF << 32;

        public static bool TryParse(ReadOnlySpan<char> text, out Address address)
        {
            address = default;
            return text.Contains(':') ? TryParseV6(text, ref address) : TryParseV4(text, ref address);
        }

        private static bool TryParseV4(ReadOnlySpan<char> text, ref Address address)
        {
            // IPAddress would also read "10", "0x0a.1" and "010.0.0.1".
            var bits = 0u;
            var parts = 0;
            foreach (var range in text.Split('.'))
            {
                var part = text[range];
                if (part.Length is 0 or > 3
                    || (part.Length > 1 && part[0] == '0')
                    || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                {
                    return false;
                }

                bits = (bits << 8) | value;
                parts++;
            }

            address = new Address(true, bits);
            return parts == 4;
        }

        private static bool TryParseV6(ReadOnlySpan<char> text, ref Address address)
        {
            // IPAddress would also read a zone, brackets, a port and a prefix.
            if (text.ContainsAny("%[]/") || !IPAddress.TryParse(text, out var parsed))
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[16];
            parsed.TryWriteBytes(bytes, out _);
            var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            address = bits >> 32 == V4InV6 >> 32 ? new Address(true, bits & uint.MaxValue) : new Address(false, bits);
            return true;
        }
    }
}
