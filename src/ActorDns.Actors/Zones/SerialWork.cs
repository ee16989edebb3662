using System.Buffers.Binary;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Gives a zone the serial that an operator wants, as a change of its own: journaled, and sent to the secondaries. It must be later than
/// the one that is served (RFC 1982 §3.2).
/// </summary>
internal sealed class SerialWork(ZoneCommand.SetSerial command) : ZoneWork
{
    private string? _refusal;
    private Serial _from;

    /// <inheritdoc/>
    public override ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        _refusal = ReasonAgainst(zone);
        if (_refusal is not null)
            return ValueTask.FromResult<Proposal?>(null);
        ZoneSnapshot current = zone.Current!;
        _from = current.Serial;
        byte[] soa = current.Soa.First.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(SoaData.SerialOffset(soa)), command.Serial.Value);
        using SnapshotEditor editor = new(current);
        NameContent apex = editor.Open(zone.Origin.Wire);
        apex.Remove(RecordType.Soa);
        apex.Add(RecordType.Soa, current.Soa.Ttl, soa);
        if (!editor.TryCommit(out ZoneSnapshot? next, out ZoneBuildError error))
        {
            _refusal = $"the result is no zone: {error}";
            return ValueTask.FromResult<Proposal?>(null);
        }

        ZoneChange change = ZoneDiff.Between(current, next);
        JournalEntry entry = zone.EntryOf(change, ChangeOrigin.Control) with { KeyName = command.KeyName, Peer = command.Peer };
        return ValueTask.FromResult<Proposal?>(new Proposal(next, [change], [entry]));
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal) => SnapshotReclaimer.Discard(proposal.Next);

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        if (_refusal is null)
            Log.SerialSet(zone.GeneralLog, zone.Settings.LogName, _from.Value, command.Serial.Value);
        else
            Log.SerialRefused(zone.GeneralLog, zone.Settings.LogName, command.Serial.Value, _refusal);
        command.Done.Reply(_refusal);
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        _refusal = $"the change cannot be journaled ({status}): {reason}";
        Settle(zone);
    }

    private string? ReasonAgainst(ZoneState zone)
    {
        if (zone.Current is not { } current)
            return "the zone is not loaded";
        return zone.Blocked
            ?? (zone.IsFrozen ? "the zone is frozen: thaw it first" : null)
            ?? UpdateBlock.ReasonAgainst(current, canSign: false)
            ?? (command.Serial.IsNewerThan(current.Serial)
                ? null
                : $"serial {command.Serial} is not later than {current.Serial}, which is served; {current.Serial.Next()} to "
                    + $"{new Serial(current.Serial.Value + int.MaxValue)} are");
    }
}
