namespace ActorDns.Storage.Contracts;

/// <summary>The last refused requests, at most so many as the store was told to keep.</summary>
public interface IRefusals
{
    /// <summary>Writes some and removes as many of the oldest as are too many.</summary>
    ValueTask<StoreResult<int>> AddAsync(IReadOnlyList<Refusal> refusals, CancellationToken cancellation);

    /// <summary>Those that match, newest first.</summary>
    ValueTask<StoreResult<IReadOnlyList<Refusal>>> SearchAsync(RefusalFilter filter, CancellationToken cancellation);
}
