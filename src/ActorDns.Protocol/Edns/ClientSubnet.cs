using System.Buffers.Binary;
using ActorDns.Protocol.Messages;

namespace ActorDns.Protocol.Edns;

/// <summary>
/// The client subnet option (RFC 7871 §6). Its form is checked so that a broken one is told; answers here do not depend on it,
/// and so it is never sent back.
/// </summary>
/// <param name="Family">Address family: 1 is IPv4, 2 is IPv6.</param>
/// <param name="SourcePrefixBits">SOURCE PREFIX-LENGTH.</param>
/// <param name="ScopePrefixBits">SCOPE PREFIX-LENGTH; 0 in queries.</param>
public readonly record struct ClientSubnet(ushort Family, byte SourcePrefixBits, byte ScopePrefixBits)
{
    private const int HeadBytes = 4;

    /// <summary>
    /// Reads the option's data. Too few or too many address octets, bits set after the prefix, a prefix longer than the address
    /// and, in a request, a scope are errors; an unknown family is not.
    /// </summary>
    public static ParseError TryRead(ReadOnlySpan<byte> data, bool isRequest, out ClientSubnet subnet)
    {
        subnet = default;
        if (data.Length < HeadBytes)
            return ParseError.BadRdata;
        subnet = new ClientSubnet(BinaryPrimitives.ReadUInt16BigEndian(data), data[2], data[3]);
        ReadOnlySpan<byte> address = data[HeadBytes..];
        int addressBits = subnet.Family switch { 1 => 32, 2 => 128, _ => 0 };
        if (addressBits == 0)
            return ParseError.None;
        int bits = subnet.SourcePrefixBits;
        if (bits > addressBits || subnet.ScopePrefixBits > addressBits || (isRequest && subnet.ScopePrefixBits != 0))
            return ParseError.BadRdata;
        if (address.Length != (bits + 7) / 8)
            return ParseError.BadRdata;
        return bits % 8 != 0 && (address[^1] & (0xFF >> (bits % 8))) != 0 ? ParseError.BadRdata : ParseError.None;
    }
}
