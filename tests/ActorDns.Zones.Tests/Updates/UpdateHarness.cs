using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>A zone and one batch of updates on it; memory is freed, and with that checked, at the end.</summary>
internal sealed class UpdateHarness : IDisposable
{
    public static readonly UpdateSettings Open = new() { AllowUpdate = MatchList.Any };
    public static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private readonly ZoneSnapshot _start;
    private readonly UpdateBatch _batch;

    public UpdateHarness(ZoneSnapshot start, UpdateSettings? settings = null, DateTimeOffset? now = null)
    {
        _start = start;
        _batch = new UpdateBatch(start, settings ?? Open, now ?? Now);
    }

    public ZoneSnapshot Zone => _batch.Current;

    /// <summary>Evaluates an update and checks that its change is what the versions before and after differ in.</summary>
    public UpdateResult Run(UpdateWriter update) => Run(update.Request());

    public UpdateResult Run(UpdateRequest request)
    {
        ZoneSnapshot before = _batch.Current;
        int changes = _batch.ChangeCount;
        UpdateResult result = _batch.Evaluate(request);
        if (result.Change is null)
        {
            Assert.Same(before, _batch.Current);
            Assert.Equal(changes, _batch.ChangeCount);
            return result;
        }

        Assert.Equal(Rcode.NoError, result.Rcode);
        Assert.True(result.Change.SerialTo.IsNewerThan(result.Change.SerialFrom));
        Assert.Equal(before.Serial, result.Change.SerialFrom);
        Assert.Equal(ZoneDiff.Between(before, _batch.Current).ToText(), result.Change.ToText());
        return result;
    }

    /// <summary>Runs an update that must change nothing and gives the notes that it leaves.</summary>
    public UpdateNoteKind[] Ignore(UpdateWriter update)
    {
        UpdateResult result = Run(update);
        Assert.Equal(Rcode.NoError, result.Rcode);
        Assert.Null(result.Change);
        return [.. result.Notes.Select(note => note.Kind)];
    }

    /// <summary>Runs an update that must change something and gives the change without its SOA lines.</summary>
    public string[] Change(UpdateWriter update)
    {
        UpdateResult result = Run(update);
        Assert.True(result.Change is not null, result.Failure?.Text ?? "no change");
        return [.. result.Change.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(" SOA ", StringComparison.Ordinal))];
    }

    public List<string> Records() => ChangeSamples.Records(Zone);

    public void Dispose()
    {
        _batch.Discard();
        Assert.Same(_start, _batch.Current);
        SnapshotReclaimer.Discard(_start);
    }
}
