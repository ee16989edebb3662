using System.Buffers.Binary;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>
/// Evaluates updates one after the other, each against the version that the ones before it made. Nothing is published: the caller
/// journals the changes and publishes <see cref="Current"/>, or calls <see cref="Discard"/>. One batch of a zone at a time, by its writer.
/// </summary>
public sealed class UpdateBatch(ZoneSnapshot start, UpdateSettings settings, DateTimeOffset now)
{
    /// <summary>Most effective updates that one batch may have; the zone's memory numbers unpublished versions no further.</summary>
    public const int MaxChanges = 1_024;

    private readonly Stack<ZoneSnapshot> _made = new();
    private readonly ZoneChangeBuilder _builder = new();

    /// <summary>The version that the batch started from.</summary>
    public ZoneSnapshot Start => start;

    /// <summary>The version with all updates so far; the one that the batch started from when none changed anything.</summary>
    public ZoneSnapshot Current => _made.TryPeek(out ZoneSnapshot? last) ? last : start;

    /// <summary>Number of updates that changed something, and so of versions made.</summary>
    public int ChangeCount => _made.Count;

    /// <summary>
    /// Evaluates one update: permission, prescan, prerequisites, changes, serial. It takes effect as a whole or leaves no trace.
    /// </summary>
    /// <exception cref="InvalidOperationException">The batch has <see cref="MaxChanges"/> changes already.</exception>
    public UpdateResult Evaluate(UpdateRequest request)
    {
        if (_made.Count == MaxChanges)
            throw new InvalidOperationException("the batch is full");
        ZoneSnapshot zone = Current;
        UpdateFailure? failure = UpdateChecks.CheckRequest(zone, request, settings);
        int[]? maxRecords = null;
        failure ??= UpdateChecks.Prescan(zone, request, settings, out maxRecords);
        failure ??= UpdatePrerequisites.Check(zone, request.Message.Prerequisites);
        if (failure is not null || request.Message.Updates.IsEmpty)
            return new UpdateResult(failure, null, []);

        using SnapshotEditor editor = new(zone);
        UpdateApplication application = new(editor, settings, maxRecords);
        failure = application.Apply(request.Message.Updates);
        if (failure is not null)
            return new UpdateResult(failure, null, application.Notes);
        ZoneChange? change = Complete(editor, zone, out failure);
        return new UpdateResult(failure, change, application.Notes);
    }

    /// <summary>Frees the versions made, last first. Their changes must not have been journaled.</summary>
    public void Discard()
    {
        while (_made.TryPop(out ZoneSnapshot? last))
            SnapshotReclaimer.Discard(last);
    }

    // Finds what changed in the end; unless that is nothing, steps the serial, if the update did not, and makes the version.
    private ZoneChange? Complete(SnapshotEditor editor, ZoneSnapshot zone, out UpdateFailure? failure)
    {
        failure = null;
        ZoneChangeBuilder builder = _builder;
        builder.Reset();
        ZoneDiff.Collect(builder, zone.Names, editor.PeekNames());
        ZoneDiff.Collect(builder, zone.Nsec3Names, editor.PeekNsec3Names());
        NameContent apex = editor.Open(zone.Origin.Wire);
        byte[] soa = apex.RdataAt(RecordType.Soa, 0).ToArray();
        bool isStepped = new SoaData(soa).Serial != zone.Serial;
        if (!isStepped && builder.RemovedCount == 0 && builder.AddedCount == 0)
            return null;
        if (!isStepped)
        {
            Serial next = SerialStep.Next(zone.Serial, settings.SerialMethod, now);
            BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(SoaData.SerialOffset(soa)), next.Value);
            apex.Remove(RecordType.Soa);
            apex.Add(RecordType.Soa, zone.Soa.Ttl, soa);
        }

        if (!editor.TryCommit(out ZoneSnapshot? made, out ZoneBuildError error))
        {
            failure = UpdateFailure.Of(Rcode.ServFail, $"the result is no zone: {error}");
            return null;
        }

        builder.SetOldSoa(zone.Apex.Owner, zone.Soa.Ttl, zone.Soa.First);
        builder.SetNewSoa(made.Apex.Owner, made.Soa.Ttl, made.Soa.First);
        ZoneChange change = builder.Build();
        failure = ServerCheck.Check(zone, made) ?? MailCheck.Check(made, change, settings);
        if (failure is not null)
        {
            SnapshotReclaimer.Discard(made);
            return null;
        }

        _made.Push(made);
        return change;
    }
}
