namespace ActorDns.Storage.Contracts;

/// <summary>Leases with fencing tokens, timed by the database's clock.</summary>
public interface ILeases
{
    /// <summary>
    /// Takes a lease that is free or over (with a new token), or prolongs one's own (with its token). Gives the lease as it is
    /// afterwards: the caller has it if it is the holder.
    /// </summary>
    ValueTask<StoreResult<Lease>> AcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Ends a lease before its time; gives false when the token is not the current one.</summary>
    ValueTask<StoreResult<bool>> ReleaseAsync(LeaseToken token, CancellationToken cancellation);
}
