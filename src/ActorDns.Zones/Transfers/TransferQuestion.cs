using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Transfers;

/// <summary>What was asked, as far as the answer is checked against it.</summary>
/// <param name="Origin">The zone.</param>
/// <param name="Id">The message ID, which every message of the answer has.</param>
/// <param name="Held">The serial that we have: asks for IXFR; null asks for AXFR.</param>
public sealed record TransferQuestion(DomainName Origin, ushort Id, Serial? Held)
{
    /// <summary>QTYPE.</summary>
    public RecordType Type => Held is null ? RecordType.Axfr : RecordType.Ixfr;

    /// <summary>Most records that the zone may have; 0 for any number (<c>max-records</c>).</summary>
    public int MaxRecords { get; init; }
}
