namespace ActorDns.Storage.Contracts;

/// <summary>
/// What changed in the store, without gaps. The order is that of transactions becoming visible, never that of numbers (ARCHITECTURE
/// §5.5): a position remembers which transactions were still at work, so that a change that becomes visible late is not passed over.
/// </summary>
public interface IChangeFeed
{
    /// <summary>The position from which everything is told that a read made later than this call might not see.</summary>
    ValueTask<StoreResult<FeedPosition>> StartAsync(CancellationToken cancellation);

    /// <summary>
    /// What has become visible since a position. NotFound when the server was started again, or another one has taken its place, since the
    /// position was given: take a new one with <see cref="StartAsync"/> and compare all heads.
    /// </summary>
    ValueTask<StoreResult<FeedPage>> ReadAsync(FeedPosition position, CancellationToken cancellation);
}
