using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Updates;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Journal;

/// <summary>Writes refusals to the store, what comes within a second as one transaction, so that a flood costs no more than that.</summary>
internal sealed class RefusalRecorder(RefusalLog places, OpenedStore opened, ILogger log) : BatchActor<RefusalCommand>
{
    private const int MaxContentLines = 50;
    private static readonly TimeSpan WriteDelay = TimeSpan.FromSeconds(1);
    private readonly List<Refusal> _refusals = [];

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(ReadOnlyMemory<RefusalCommand> batch, ActorContext<RefusalCommand> ctx)
    {
        bool isDue = false;
        for (int i = 0; i < batch.Length; i++)
        {
            if (batch.Span[i] is RefusalCommand.Keep keep)
                _refusals.Add(keep.Update.IsEmpty ? keep.Refusal : keep.Refusal with { Content = ContentOf(keep.Update) });
            else
                isDue = true;
        }

        if (isDue)
            await WriteAsync(ctx.Stopping).ConfigureAwait(false);
        else if (!ctx.Timers.IsActive(nameof(RefusalCommand.Write)))
            ctx.Timers.StartSingle(nameof(RefusalCommand.Write), WriteDelay, RefusalCommand.Write.Instance);
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<RefusalCommand> ctx) => WriteAsync(CancellationToken.None);

    private async ValueTask WriteAsync(CancellationToken ct)
    {
        int count = _refusals.Count;
        if (count == 0)
            return;
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct).ConfigureAwait(false);
        StoreResult<int> written = identity.IsDone
            ? await opened.Store.Refusals.AddAsync(_refusals, ct).ConfigureAwait(false)
            : new(identity.Status, identity.Message);
        _refusals.Clear();
        places.Release(count, isLost: !written.IsDone);
        if (!written.IsDone)
            Log.RefusalsNotKept(log, written.Status.ToString(), written.Message);
        if (places.TakeLost() is > 0 and long lost)
            Log.RefusalsLost(log, lost);
    }

    private static string ContentOf(ReadOnlyMemory<byte> update) =>
        UpdateMessage.TryParse(update.Span, out UpdateMessage? message, out _)
            ? UpdateText.Of(message, MaxContentLines)
            : "";
}
