using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;

namespace ActorDns.Actors.Transfers;

/// <summary>A zone to be fetched from one primary and handed to its writer.</summary>
/// <param name="Origin">The zone.</param>
/// <param name="LogName">The zone as logs name it.</param>
/// <param name="Primary">Where from.</param>
/// <param name="Held">What we have; asks for differences. Null asks for the whole zone.</param>
/// <param name="Writer">The zone's writer.</param>
public sealed record InboundTransfer(
    DomainName Origin, string LogName, Primary Primary, HeldSoa? Held, ActorRef<ZoneCommand> Writer)
{
    /// <summary>Longest transfer (<c>max-transfer-time-in</c>).</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>Longest wait for the next message (<c>max-transfer-idle-in</c>).</summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Most records that the zone may have; 0 for any number (<c>max-records</c>).</summary>
    public int MaxRecords { get; init; }
}
