using System.Buffers.Binary;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>
/// What a received OPT record says (RFC 6891 §6.1): its fixed fields, and where the options that this server knows lie. An option
/// that is absent has offset 0. Of an option sent twice the first counts. The default value is "no OPT record".
/// </summary>
public struct OptRecord
{
    /// <summary>The DO bit within the flags (RFC 3225 §3).</summary>
    internal const ushort DnssecOkFlag = 0x8000;

    /// <summary>True when the message has an OPT record.</summary>
    public bool IsPresent { get; internal set; }

    /// <summary>VERSION; above 0 the answer is BADVERS and the options were not looked at (RFC 6891 §6.1.3).</summary>
    public byte Version { get; internal set; }

    /// <summary>UDP payload in octets that the sender can take, as sent; below 512 it means 512 (RFC 6891 §6.2.3).</summary>
    public ushort PayloadBytes { get; internal set; }

    /// <summary>The eight high bits of an extended rcode (RFC 6891 §6.1.3).</summary>
    public byte ExtendedRcode { get; internal set; }

    /// <summary>The flags as sent, DO included.</summary>
    public ushort Flags { get; internal set; }

    /// <summary>Where RDATA starts, from the message's first octet.</summary>
    public int RdataOffset { get; internal set; }

    /// <summary>Octets of RDATA.</summary>
    public int RdataLength { get; internal set; }

    /// <summary>NSID: asks for our identifier (RFC 5001 §2.1); what it carries in a query is ignored (§2.2).</summary>
    public EdnsOption Nsid { get; internal set; }

    /// <summary>COOKIE (RFC 7873 §4); its length was checked.</summary>
    public EdnsOption Cookie { get; internal set; }

    /// <summary>edns-tcp-keepalive (RFC 7828 §3.1); never set for a message that came by UDP (§3.3.1).</summary>
    public EdnsOption TcpKeepalive { get; internal set; }

    /// <summary>Padding: asks for a padded answer (RFC 7830 §4).</summary>
    public EdnsOption Padding { get; internal set; }

    /// <summary>EXPIRE: asks for the zone's expire timer, or tells it (RFC 7314 §2, §3).</summary>
    public EdnsOption Expire { get; internal set; }

    /// <summary>Client subnet (RFC 7871 §6); its form was checked, nothing else is done with it.</summary>
    public EdnsOption ClientSubnet { get; internal set; }

    /// <summary>Extended DNS error, in responses (RFC 8914 §2).</summary>
    public EdnsOption ExtendedError { get; internal set; }

    /// <summary>The DO bit (RFC 3225 §3).</summary>
    public readonly bool DnssecOk => (Flags & DnssecOkFlag) != 0;

    /// <summary>Octets that the sender can take by UDP: at least 512 (RFC 6891 §6.2.3).</summary>
    public readonly int UsablePayloadBytes => Math.Max((int)PayloadBytes, 512);

    /// <summary>True when our identifier is asked for.</summary>
    public readonly bool WantsNsid => Nsid.DataOffset != 0;

    /// <summary>True when there is a COOKIE option.</summary>
    public readonly bool HasCookie => Cookie.DataOffset != 0;

    /// <summary>True when an idle time-out is asked for.</summary>
    public readonly bool WantsTcpKeepalive => TcpKeepalive.DataOffset != 0;

    /// <summary>True when the answer is to be padded.</summary>
    public readonly bool WantsPadding => Padding.DataOffset != 0;

    /// <summary>True when there is an EXPIRE option.</summary>
    public readonly bool HasExpire => Expire.DataOffset != 0;

    /// <summary>Reads the expire timer that a server told: seconds until the zone expires there (RFC 7314 §3).</summary>
    public readonly bool TryReadExpireSeconds(ReadOnlySpan<byte> message, out uint seconds)
    {
        bool isTold = HasExpire && Expire.DataLength == sizeof(uint);
        seconds = isTold ? BinaryPrimitives.ReadUInt32BigEndian(Expire.Data(message)) : 0;
        return isTold;
    }

    /// <summary>Reads the idle time-out that a server told, in units of 100 milliseconds (RFC 7828 §3.1).</summary>
    public readonly bool TryReadTcpKeepaliveTimeout(ReadOnlySpan<byte> message, out ushort timeout)
    {
        bool isTold = WantsTcpKeepalive && TcpKeepalive.DataLength == sizeof(ushort);
        timeout = isTold ? BinaryPrimitives.ReadUInt16BigEndian(TcpKeepalive.Data(message)) : (ushort)0;
        return isTold;
    }

    /// <summary>Reads the extended error that a server told (RFC 8914 §2).</summary>
    public readonly bool TryReadExtendedError(ReadOnlySpan<byte> message, out ExtendedErrorOption error)
    {
        bool isTold = ExtendedError.DataLength >= sizeof(ushort);
        error = isTold ? new ExtendedErrorOption(ExtendedError.Data(message)) : default;
        return isTold;
    }

    /// <summary>The whole rcode of a response whose header carries <paramref name="headerBits"/>.</summary>
    public readonly Rcode RcodeWith(byte headerBits) => new((ushort)((ExtendedRcode << 4) | headerBits));
}
