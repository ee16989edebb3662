using ActorDns.Server.Ports;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Takes what the pipeline hands over and keeps it for the test.</summary>
internal sealed class RecordingWriters : IZoneWriters
{
    public List<PendingUpdate> Updates { get; } = [];

    public List<ReceivedNotify> Notifies { get; } = [];

    /// <summary>True refuses everything, as a full mailbox does.</summary>
    public bool IsFull { get; set; }

    public bool TryUpdate(PendingUpdate update)
    {
        if (!IsFull)
            Updates.Add(update);
        return !IsFull;
    }

    public bool TryNotify(ReceivedNotify notify)
    {
        if (!IsFull)
            Notifies.Add(notify);
        return !IsFull;
    }
}
