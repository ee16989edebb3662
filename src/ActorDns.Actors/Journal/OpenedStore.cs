using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>A store that is opened when it is first needed, and tried again as long as that fails.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Spaces the attempts.</param>
public sealed class OpenedStore(IJournalStore store, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long a failure is the answer for all who ask, so that a thousand zones do not wait for a time-out each.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile StoreIdentity? _identity;
    private StoreResult<StoreIdentity> _failure;
    private long _failedAt;

    /// <summary>The store; its parts may be used once <see cref="OpenAsync"/> was done.</summary>
    public IJournalStore Store { get; } = store;

    /// <summary>Epoch of the store; null before it was opened.</summary>
    public Guid? Epoch => _identity?.Epoch;

    /// <summary>Opens the store unless it is open.</summary>
    public async ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken ct)
    {
        if (_identity is { } known)
            return new(known);
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_identity is { } opened)
                return new(opened);
            if (_failedAt != 0 && clock.GetElapsedTime(_failedAt) < RetryInterval)
                return _failure;
            StoreResult<StoreIdentity> result = await Store.OpenAsync(ct).ConfigureAwait(false);
            if (result.IsDone)
                _identity = result.Value;
            _failure = result;
            _failedAt = result.IsDone ? 0 : clock.GetTimestamp();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await Store.DisposeAsync().ConfigureAwait(false);
    }
}
