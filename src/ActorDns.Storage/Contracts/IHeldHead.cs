namespace ActorDns.Storage.Contracts;

/// <summary>
/// The head of a zone, kept for one writer: all others that append to the zone wait until it has appended or gives up by disposing. Not for
/// longer than it takes to catch up and evaluate: a store ends it after some seconds.
/// </summary>
public interface IHeldHead : IAsyncDisposable
{
    /// <summary>The newest state of the zone, which stays so.</summary>
    ZoneHead Head { get; }

    /// <summary>Does what <see cref="IJournal.AppendAsync"/> does with a group of this zone alone, and ends.</summary>
    ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(AppendGroup group, CancellationToken cancellation);
}
