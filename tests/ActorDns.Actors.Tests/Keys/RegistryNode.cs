using System.Collections.Immutable;
using ActorDns.Actors.Journal;
using ActorDns.Actors.Keys;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sqlite;
using ActorDns.Zones.Keys;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Actors.Tests.Keys;

/// <summary>A node's key registry over a SQLite file that it may share with others, on a clock that the test moves.</summary>
internal sealed class RegistryNode : IAsyncDisposable
{
    private static readonly byte[] ClusterSecret = [.. Enumerable.Range(0, 32).Select(at => (byte)at)];
    private readonly byte[] _secret;
    private readonly ActorSystem _system;
    private readonly AwayStore _store;
    private readonly OpenedStore _opened;
    private readonly ActorRef<KeyCommand> _registry;
    private readonly List<KeyUse> _uses = [];

    /// <summary>Starts the registry.</summary>
    /// <param name="file">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="kept">Where it keeps what the registry told it; nowhere unless given.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="secret">The cluster secret; the one that all of them have unless given.</param>
    /// <param name="isAway">True when it starts without the store.</param>
    public RegistryNode(
        string file,
        ManualClock clock,
        string name = "a",
        string? kept = null,
        ILogger? log = null,
        byte[]? secret = null,
        bool isAway = false)
    {
        _secret = secret ?? ClusterSecret;
        Name = name;
        LiveNodes = [name];
        _system = new ActorSystem(name, clock);
        _store = new AwayStore(new SqliteStore(new SqliteStoreOptions(file), clock)) { IsAway = isAway };
        _opened = new OpenedStore(_store, clock);
        _registry = _system.Spawn("keys", KeyRegistry.CreateProps(new KeyRegistryServices(
            _opened,
            name,
            Sealer,
            _ => new ValueTask<IReadOnlyList<string>>(LiveNodes),
            () => Configured,
            keys => Keys = keys,
            TakeUses,
            () => ManagesCookies,
            log ?? NullLogger.Instance)
        {
            Kept = kept is null ? null : new KeptKeysFile(kept),
        }));
    }

    public string Name { get; }

    /// <summary>What the node verifies with.</summary>
    public ImmutableArray<RegisteredKey> Keys { get; private set; } = [];

    public IReadOnlyList<string> LiveNodes { get; set; }

    public IReadOnlyList<TsigKey> Configured { get; set; } = [];

    public bool ManagesCookies { get; set; }

    public bool HasNoSecret { get; set; }

    /// <summary>True while the store cannot be reached.</summary>
    public bool IsAway
    {
        get => _store.IsAway;
        set => _store.IsAway = value;
    }

    public IKeys Store => _opened.Store.Keys;

    /// <summary>The live keys in words, <c>certbot-g2 Active</c>.</summary>
    public string Live => string.Join(", ", Keys.Where(key => key.IsLive && key.Kind == KeyKind.Tsig)
        .Select(key => $"{key.Name.ToLogString()} {key.State}"));

    public Task<KeyAnswer> AskAsync(KeyRequest request) =>
        _registry.AskAsync<KeyAnswer>(reply => new KeyCommand.Run(request, reply), TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public async Task<string> DoAsync(KeyRequest request)
    {
        KeyAnswer answer = await AskAsync(request);
        Assert.True(answer.IsDone, answer.Text);
        return answer.Text;
    }

    public Task<string> GenerateAsync(string name, KeyOptions? options = null) =>
        DoAsync(new KeyRequest.Generate(DomainName.Parse(name), "hmac-sha256", options ?? new KeyOptions()));

    public Task<string> RotateAsync(string name, bool sameName = false, KeyOptions? options = null) =>
        DoAsync(new KeyRequest.Rotate(DomainName.Parse(name), null, sameName, options ?? new KeyOptions()));

    /// <summary>Waits until the registry has done what it was told, such as what it does at its start.</summary>
    public Task FlushAsync() => _registry.FlushAsync();

    /// <summary>Has the registry look at the store, and waits until it has.</summary>
    public async Task LookAsync()
    {
        _registry.Tell(new KeyCommand.Changed());
        await _registry.FlushAsync();
    }

    public void Use(string line, int generation, DateTimeOffset at, string peer = "192.0.2.1", string operation = "update")
    {
        lock (_uses)
            _uses.Add(new KeyUse(DomainName.Parse(line), generation, peer, Name, operation, at, 1));
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _opened.DisposeAsync();
    }

    private KeyUse[] TakeUses()
    {
        lock (_uses)
        {
            KeyUse[] taken = [.. _uses];
            _uses.Clear();
            return taken;
        }
    }

    private KeySealer? Sealer(bool mayMake, out string problem)
    {
        problem = HasNoSecret ? "there is no cluster secret" : "";
        return HasNoSecret ? null : new KeySealer([_secret]);
    }
}
