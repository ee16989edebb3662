using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>What follows the owner name of a record in a message (RFC 1035 §4.1.3), its RDATA by place.</summary>
/// <param name="Type">TYPE.</param>
/// <param name="Class">CLASS; a payload size in OPT.</param>
/// <param name="TtlBits">TTL in seconds as sent; flags in OPT. Values with the top bit set count as zero (RFC 2181 §8).</param>
/// <param name="RdataOffset">Where RDATA starts, from the message's first octet.</param>
/// <param name="RdataLength">Octets of RDATA as sent, compression included.</param>
public readonly record struct RecordTail(
    RecordType Type, RecordClass Class, uint TtlBits, int RdataOffset, int RdataLength);
