using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Fuzz.Tests;

/// <summary>Updates that come from anywhere, evaluated on a zone; and changes that come back from a store.</summary>
internal static class UpdateTarget
{
    private static readonly UpdateRequester Requester = new(NetAddress.FromIPv4(0x7F000001), AccessTransports.Tcp);

    private static readonly UpdateSettings Settings = new() { AllowUpdate = MatchList.Any };

    private static readonly ZoneSnapshot Zone = MakeZone();

    /// <summary>What can be read can be evaluated, and its change applies to the zone that it was made for.</summary>
    public static void Evaluate(ReadOnlySpan<byte> input)
    {
        if (!UpdateMessage.TryParse(input, out UpdateMessage? message, out _))
            return;
        UpdateBatch batch = new(Zone, Settings, DateTimeOffset.UnixEpoch);
        UpdateResult result = batch.Evaluate(new UpdateRequest(message, Requester));
        batch.Discard();
        if (result.Change is null)
            return;
        Assert.True(ZoneChange.TryParse(result.Change.Wire, out ZoneChange? parsed));
        using SnapshotEditor editor = new(Zone);
        Assert.True(parsed.TryApply(editor, out ChangeConflict? conflict), conflict?.ToString());
    }

    /// <summary>What can be read can be printed, turned round and tried on a zone.</summary>
    public static void Change(ReadOnlySpan<byte> input)
    {
        if (!ZoneChange.TryParse(input.ToArray(), out ZoneChange? change))
            return;
        Assert.Equal(change.RecordCount, change.ToText().Count(letter => letter == '\n'));
        Assert.True(ZoneChange.TryParse(change.Invert(change.SerialTo.Next()).Wire, out _));
        using SnapshotEditor editor = new(Zone);
        change.TryApply(editor, out _);
    }

    private static ZoneSnapshot MakeZone()
    {
        DomainName origin = DomainName.Parse("example.");
        ZoneBuilder builder = new(origin);
        builder.Add(origin.Wire, RecordType.Soa, 3600, [.. origin.Wire, .. origin.Wire, .. new byte[20]]);
        builder.Add(origin.Wire, RecordType.Ns, 3600, DomainName.Parse("ns.example.").Wire);
        builder.Add(DomainName.Parse("a.example.").Wire, RecordType.A, 60, [1, 2, 3, 4]);
        Assert.True(builder.TryBuild(out ZoneSnapshot? zone, out _));
        return zone;
    }
}
