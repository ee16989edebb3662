using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Sockets;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Transfers;

/// <summary>
/// A transfer that has passed TSIG and ACL, with everything a session needs copied out of the receive buffer. Owns a lease on the
/// snapshot that will be sent; whoever does not start a session disposes of it.
/// </summary>
public sealed class TransferRequest : IDisposable
{
    /// <summary>ID of the request, repeated by every message (RFC 5936 §2.2.1).</summary>
    public required ushort Id { get; init; }

    /// <summary>Header flags that every message carries.</summary>
    public required ushort Flags { get; init; }

    /// <summary>The question's name as the client wrote it.</summary>
    public required ReadOnlyMemory<byte> QuestionName { get; init; }

    /// <summary>AXFR or IXFR, as asked.</summary>
    public required RecordType Type { get; init; }

    /// <summary>The version that an IXFR client has; null with AXFR.</summary>
    public Serial? ClientSerial { get; init; }

    /// <summary>The changes from the client's version to the one that is leased; null sends the whole zone.</summary>
    public IReadOnlyList<ZoneChange>? Changes { get; set; }

    /// <summary>The zone.</summary>
    public required ServedZone Zone { get; init; }

    /// <summary>Holds the version that is sent from the first message to the last.</summary>
    public required SnapshotLease Lease { get; init; }

    /// <summary>Key and MAC of the request; unsigned when <see cref="IsSigned"/> is false.</summary>
    public TsigContext Tsig { get; init; }

    /// <summary>True when every message is to be signed (RFC 8945 §5.3.1).</summary>
    public bool IsSigned { get; init; }

    /// <summary>
    /// The OPT record of every message, ready to be copied; empty for a client without EDNS. RFC 6891 §6.1.1 asks for one in each response,
    /// and dig remarks on each message without.
    /// </summary>
    public ReadOnlyMemory<byte> Opt { get; init; }

    /// <summary>The client.</summary>
    public required NetEndpoint Client { get; init; }

    /// <summary>False sends the whole zone in answer to IXFR.</summary>
    public bool ProvidesIxfr { get; init; } = true;

    /// <summary>True sends one record in a message.</summary>
    public bool IsOneAnswer { get; init; }

    /// <summary>Where the messages go; set by the stream handler before the session starts.</summary>
    public IStreamConnection? Connection { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Lease.Dispose();
}
