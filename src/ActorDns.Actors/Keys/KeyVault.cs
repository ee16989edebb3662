using ActorDns.Actors.Journal;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>The keys in the store, sealed on the way in and opened on the way out.</summary>
/// <param name="opened">The store.</param>
/// <param name="sealers">Where the cluster secret comes from.</param>
internal sealed class KeyVault(OpenedStore opened, SealerSource sealers)
{
    private KeySealer? _sealer;
    private string _problem = "";
    private KeyTable? _table;

    /// <summary>Why nothing can be sealed or opened; empty when it can.</summary>
    public string Problem => _problem;

    /// <summary>Reads the cluster secret again.</summary>
    public void LoadSecret(bool mayMake) => _sealer = sealers(mayMake, out _problem);

    /// <summary>Version of the registry in the store.</summary>
    public async ValueTask<StoreResult<long>> ReadVersionAsync(CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct).ConfigureAwait(false);
        return identity.IsDone
            ? await opened.Store.Keys.ReadVersionAsync(ct).ConfigureAwait(false)
            : new(identity.Status, identity.Message);
    }

    /// <summary>Reads the registry.</summary>
    public async ValueTask<StoreResult<KeyView>> ReadAsync(CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        StoreResult<KeyTable> read = await opened.Store.Keys.ReadAsync(ct).ConfigureAwait(false);
        if (!read.IsDone)
            return new(read.Status, read.Message);
        _table = read.Value;
        if (_sealer is null && _table.Keys.Any(stored => stored.Key.IsLive))
            LoadSecret(mayMake: false);
        return new(new KeyView(_table, [.. _table.Keys.Select(Open)]));
    }

    /// <summary>
    /// Writes keys. The sealed form of a key that is there already stays, so that it opens wherever it did; an ended key loses it.
    /// </summary>
    public async ValueTask<StoreResult<KeyWriteStatus>> WriteAsync(
        IReadOnlyList<RegisteredKey> keys, LeaseToken? lease, CancellationToken ct)
    {
        if (_sealer is null && keys.Any(key => key.RowVersion == 0))
            LoadSecret(mayMake: true);
        if (_sealer is null && keys.Any(key => key.RowVersion == 0))
            return new(StoreStatus.Refused, _problem);
        return await opened.Store.Keys
            .WriteAsync([.. keys.Select(key => new StoredKey(key with { Secret = null }, SealedOf(key)))], lease, ct).ConfigureAwait(false);
    }

    /// <summary>Seals anew what an older cluster secret has sealed. Gives the keys that are to be written, and cannot be.</summary>
    public async ValueTask<StoreResult<(int Resealed, int Unread)>> ResealAsync(KeyView view, CancellationToken ct)
    {
        LoadSecret(mayMake: false);
        if (_sealer is not { } sealer)
            return new(StoreStatus.Refused, _problem);
        List<StoredKey> stale = [];
        int unread = 0;
        foreach (StoredKey stored in view.Table.Keys.Where(stored => stored.Key.IsLive && !sealer.IsCurrent(stored.Sealed.Span)))
        {
            if (sealer.Open(stored.Sealed.Span, stored.Key) is { } secret)
                stale.Add(new StoredKey(stored.Key, sealer.Seal(stored.Key with { Secret = secret })));
            else
                unread++;
        }

        if (stale.Count == 0)
            return new((0, unread));
        StoreResult<KeyWriteStatus> written = await opened.Store.Keys.WriteAsync(stale, null, ct).ConfigureAwait(false);
        return written.Value == KeyWriteStatus.Written && written.IsDone
            ? new((stale.Count, unread))
            : new(StoreStatus.Unavailable, written.IsDone ? "somebody else has changed a key meanwhile" : written.Message);
    }

    /// <summary>
    /// What the node keeps of the registry; null when nothing was kept, and then the reason is empty, or when it cannot be used.
    /// </summary>
    public KeptKeys? ReadKept(KeptKeysFile file, out string reason)
    {
        if (_sealer is null && file.Exists)
            LoadSecret(mayMake: false);
        return file.Read(_sealer, _problem, out reason);
    }

    /// <summary>The keys of what was kept, live ones with the secrets that open here.</summary>
    public KeyView Open(KeptKeys kept) => new(
        KeyView.Empty.Table with { Version = kept.Version, Time = kept.ToldAt, Keys = kept.Keys }, [.. kept.Keys.Select(Open)]);

    /// <summary>
    /// Keeps the registry as it was read last. Without keys there is nothing to keep; gives why it could not be kept, empty when it was.
    /// </summary>
    public string Keep(KeptKeysFile file, Guid epoch, DateTimeOffset now)
    {
        KeyTable table = _table!;
        try
        {
            if (table.Keys.Count == 0)
            {
                if (file.Exists)
                    file.Delete();
                return "";
            }

            if (_sealer is null)
                LoadSecret(mayMake: false);
            if (_sealer is not { } sealer)
                return _problem;
            file.Write(new KeptKeys(epoch, table.Version, now, table.Keys), sealer);
            return "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    private RegisteredKey Open(StoredKey stored) =>
        stored.Key.IsLive ? stored.Key with { Secret = _sealer?.Open(stored.Sealed.Span, stored.Key) } : stored.Key;

    private ReadOnlyMemory<byte> SealedOf(RegisteredKey key)
    {
        if (!key.IsLive)
            return default;
        return key.RowVersion == 0
            ? _sealer!.Seal(key)
            : _table!.Keys.First(
                stored => (stored.Key.Kind, stored.Key.Line, stored.Key.Generation) == (key.Kind, key.Line, key.Generation)).Sealed;
    }
}
