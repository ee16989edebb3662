using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>A store that is opened when it is first needed, and tried again as long as that fails.</summary>
/// <param name="store">The store.</param>
public sealed class OpenedStore(IJournalStore store) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile StoreIdentity? _identity;

    /// <summary>The store; its parts may be used once <see cref="OpenAsync"/> was done.</summary>
    public IJournalStore Store { get; } = store;

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
            StoreResult<StoreIdentity> result = await Store.OpenAsync(ct).ConfigureAwait(false);
            if (result.IsDone)
                _identity = result.Value;
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
