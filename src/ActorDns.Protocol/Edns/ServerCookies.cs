using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorDns.Protocol.Edns;

/// <summary>
/// Makes and checks interoperable server cookies, version 1 (RFC 9018 §4). Immutable; a change of secrets makes a new instance.
/// The first secret makes cookies, all of them are accepted: that is how a new one is brought in on all servers before it is
/// used, and an old one leaves after the last cookie made with it has expired (RFC 9018 §5).
/// </summary>
/// <remarks>
/// <code>
/// | client cookie, 8 | version 1 | reserved, 3 | timestamp, 4 | hash, 8 |
/// </code>
/// </remarks>
public sealed class ServerCookies
{
    /// <summary>Octets of a client cookie (RFC 7873 §4).</summary>
    public const int ClientCookieBytes = 8;

    /// <summary>Octets of a server cookie of version 1 (RFC 9018 §4).</summary>
    public const int ServerCookieBytes = 16;

    /// <summary>Octets of the option's data with both cookies.</summary>
    public const int OptionBytes = ClientCookieBytes + ServerCookieBytes;

    private const byte Version = 1;
    private const int TimestampOffset = ClientCookieBytes + 4;
    private const int HashOffset = ClientCookieBytes + 8;
    private const int LongestAddressBytes = 16;
    private const int OldestSeconds = 3_600;
    private const int RenewAfterSeconds = 1_800;
    private const int FutureSeconds = 300;
    private readonly byte[][] _secrets;

    /// <summary>Takes the secrets, <see cref="SipHash24.KeyBytes"/> octets each, the one that makes cookies first.</summary>
    /// <exception cref="ArgumentException">There is no secret, or one has another length.</exception>
    public ServerCookies(params ReadOnlySpan<byte[]> secrets)
    {
        if (secrets.IsEmpty)
            throw new ArgumentException("a server needs a cookie secret", nameof(secrets));
        _secrets = new byte[secrets.Length][];
        for (int index = 0; index < secrets.Length; index++)
        {
            if (secrets[index].Length != SipHash24.KeyBytes)
                throw new ArgumentException("a cookie secret has 16 octets", nameof(secrets));
            _secrets[index] = [.. secrets[index]];
        }
    }

    /// <summary>True for 8 octets and for 16 to 40; any other COOKIE option is answered by FORMERR (RFC 7873 §5.2.2).</summary>
    public static bool IsWellFormed(int optionBytes) => optionBytes is ClientCookieBytes or (>= 16 and <= 40);

    /// <summary>
    /// Judges the data of a COOKIE option. The client's address is given as 4 or 16 octets. Times are compared by serial
    /// arithmetic (RFC 9018 §4.3), so that they survive the year 2106.
    /// </summary>
    public CookieStatus Check(ReadOnlySpan<byte> option, ReadOnlySpan<byte> clientAddress, long nowUnixSeconds)
    {
        if (!IsWellFormed(option.Length))
            return CookieStatus.Malformed;
        if (option.Length == ClientCookieBytes)
            return CookieStatus.ClientOnly;
        if (option.Length != OptionBytes || option[ClientCookieBytes] != Version)
            return CookieStatus.Bad;
        int age = (int)((uint)nowUnixSeconds - BinaryPrimitives.ReadUInt32BigEndian(option[TimestampOffset..]));
        if (age is > OldestSeconds or < -FutureSeconds)
            return CookieStatus.Bad;

        Span<byte> expected = stackalloc byte[sizeof(ulong)];
        for (int index = 0; index < _secrets.Length; index++)
        {
            WriteHash(_secrets[index], option[..HashOffset], clientAddress, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, option[HashOffset..]))
                return index == 0 && age <= RenewAfterSeconds ? CookieStatus.Good : CookieStatus.GoodRenew;
        }

        return CookieStatus.Bad;
    }

    /// <summary>
    /// Writes the option's data for a reply, <see cref="OptionBytes"/> octets: the client's cookie and a server cookie made now.
    /// </summary>
    public void Write(
        ReadOnlySpan<byte> clientCookie, ReadOnlySpan<byte> clientAddress, long nowUnixSeconds, Span<byte> destination)
    {
        clientCookie[..ClientCookieBytes].CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[ClientCookieBytes..], (uint)Version << 24);
        BinaryPrimitives.WriteUInt32BigEndian(destination[TimestampOffset..], (uint)nowUnixSeconds);
        WriteHash(_secrets[0], destination[..HashOffset], clientAddress, destination[HashOffset..]);
    }

    /// <summary>Hash of both cookies up to the hash and of the address (RFC 9018 §4.4), reserved octets as received.</summary>
    private static void WriteHash(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> head, ReadOnlySpan<byte> clientAddress, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[HashOffset + LongestAddressBytes];
        head.CopyTo(input);
        clientAddress.CopyTo(input[HashOffset..]);
        ulong hash = SipHash24.Hash(secret, input[..(HashOffset + clientAddress.Length)]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, hash);
    }
}
