using ActorDns.Actors.Journal;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Added zones in the node's store, where every node of a cluster finds them. What BIND's files hold is taken over once; then they are
/// set aside, so that a zone which is removed later does not come back from them.
/// </summary>
/// <param name="opened">The store.</param>
/// <param name="files">BIND's files.</param>
/// <param name="log">Category <c>config</c>.</param>
internal sealed class StoredAddedZones(OpenedStore opened, AddedZoneFiles files, ILogger log) : IAddedZones
{
    private const string SetAside = ".imported";

    private IAddedZones Stored => opened.Store.AddedZones;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<bool>> PutAsync(AddedZone zone, CancellationToken cancellation)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(cancellation);
        return identity.IsDone ? await Stored.PutAsync(zone, cancellation) : new(identity.Status, identity.Message);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<bool>> RemoveAsync(ZoneKey key, CancellationToken cancellation)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(cancellation);
        return identity.IsDone ? await Stored.RemoveAsync(key, cancellation) : new(identity.Status, identity.Message);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<IReadOnlyList<AddedZone>>> ListAsync(CancellationToken cancellation)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(cancellation);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        StoreResult<IReadOnlyList<AddedZone>> stored = await Stored.ListAsync(cancellation);
        string[] found = [.. files.Existing];
        return stored.IsDone && found.Length > 0 ? await ImportAsync(stored.Value, found, cancellation) : stored;
    }

    private async ValueTask<StoreResult<IReadOnlyList<AddedZone>>> ImportAsync(
        IReadOnlyList<AddedZone> stored, string[] paths, CancellationToken ct)
    {
        StoreResult<IReadOnlyList<AddedZone>> written = await files.ListAsync(ct);
        if (!written.IsDone)
        {
            Log.AddedZonesNotImported(log, written.Message);
            return new(stored);
        }

        HashSet<ZoneKey> known = [.. stored.Select(zone => zone.Key)];
        AddedZone[] fresh = [.. written.Value.Where(zone => !known.Contains(zone.Key))];
        foreach (AddedZone zone in fresh)
        {
            StoreResult<bool> put = await Stored.PutAsync(zone, ct);
            if (!put.IsDone)
                return new(put.Status, put.Message);
        }

        foreach (string path in paths)
        {
            try
            {
                File.Move(path, path + SetAside, overwrite: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Log.AddedZonesNotSetAside(log, path, failure.Message);
            }
        }

        Log.AddedZonesImported(log, fresh.Length, string.Join(", ", paths), SetAside);
        return await Stored.ListAsync(ct);
    }
}
