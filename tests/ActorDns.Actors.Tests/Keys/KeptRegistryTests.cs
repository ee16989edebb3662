using ActorDns.Actors.Keys;
using ActorDns.Actors.Tests.Notify;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Tests.Keys;

/// <summary>A node that is started while its store is away knows what the registry told it last.</summary>
public sealed class KeptRegistryTests : IDisposable
{
    private static readonly DomainName Certbot = DomainName.Parse("certbot.");
    private static readonly TsigKey Configured = new(Certbot, TsigAlgorithm.HmacSha256, TsigSecret.CreateRandom(TsigAlgorithm.HmacSha256));
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly LogLines _log = new();

    private string Store => _folder["keys.db"];

    private string KeptFile => _folder["actordns.keys"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Node_without_its_store_has_the_keys_their_states_and_the_cookie_secret()
    {
        RegisteredKey[] before;
        await using (RegistryNode node = Node())
        {
            node.ManagesCookies = true;
            await RotateAndRevokeAsync(node);
            before = [.. node.Keys];
        }

        _clock.Advance(TimeSpan.FromHours(3));
        await using RegistryNode again = Node(isAway: true);
        await again.FlushAsync();

        Assert.Equal(before.Select(Shown), again.Keys.Select(Shown));
        Assert.Contains(again.Keys, key => key is { Kind: KeyKind.Cookie, Secret: not null });
        Assert.Contains(_log.All, line => line.Contains("3 keys, 1 of them ended, are taken from", StringComparison.Ordinal)
            && line.Contains("2026-01-01 00:00:00Z (3h ago)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_of_named_conf_that_was_revoked_stays_so_and_lists_that_name_it_mean_its_successor()
    {
        await using (RegistryNode node = Node())
            await RotateAndRevokeAsync(node);
        await using RegistryNode again = Node(isAway: true);
        await again.FlushAsync();

        KeyRing ring = KeyRingBuilder.Build([Configured], again.Keys);

        KeyRingEntry only = Assert.Single(ring.Entries);
        Assert.Equal("certbot-g2", only.Key.Name.ToLogString());
        Assert.Contains(Certbot, only.Succeeds);
    }

    [Fact]
    public async Task Node_follows_the_registry_when_the_store_is_back()
    {
        await using (RegistryNode node = Node())
            await RotateAndRevokeAsync(node);
        await using (RegistryNode other = new(Store, _clock, "b")) // Its change is not in the file.
            await other.DoAsync(new KeyRequest.Revoke(DomainName.Parse("certbot-g2."), null));
        await using RegistryNode again = Node(isAway: true);
        await again.FlushAsync();
        Assert.Equal("certbot-g2 Active", again.Live);

        again.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await again.FlushAsync();

        Assert.Equal("", again.Live);
        Assert.Equal(2, again.Keys.Length);
        Assert.Contains(_log.All, line => line.Contains("the key registry is read again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_follows_the_store_that_is_back_though_it_is_another_of_the_same_version()
    {
        long version;
        await using (RegistryNode node = Node())
        {
            await RotateAndRevokeAsync(node);
            version = await VersionAsync(node);
        }

        await using RegistryNode other = new(_folder["other.db"], _clock);
        await RotateAndRevokeAsync(other);
        Assert.Equal(version, await VersionAsync(other));
        await using RegistryNode again = new(_folder["other.db"], _clock, kept: KeptFile, log: _log, isAway: true);
        await again.FlushAsync();
        Assert.NotEqual(other.Keys[^1].Secret, again.Keys[^1].Secret);

        again.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await again.FlushAsync();
        Assert.Equal(other.Keys[^1].Secret, again.Keys[^1].Secret);

        static async Task<long> VersionAsync(RegistryNode node) =>
            (await node.Store.ReadVersionAsync(TestContext.Current.CancellationToken)).Value;
    }

    [Fact]
    public async Task Node_without_a_file_knows_nothing_and_says_nothing_of_it()
    {
        await using RegistryNode node = Node(isAway: true);
        await node.FlushAsync();

        Assert.Empty(node.Keys);
        Assert.DoesNotContain(_log.All, line => line.Contains(KeptFile, StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_of_another_secret_is_not_used_and_one_line_says_what_to_do()
    {
        await using (RegistryNode node = Node())
            await RotateAndRevokeAsync(node);
        byte[] secret = [.. Enumerable.Repeat((byte)7, 32)];
        await using RegistryNode again = new(Store, _clock, kept: KeptFile, log: _log, secret: secret, isAway: true);
        await again.FlushAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await again.FlushAsync();

        Assert.Empty(again.Keys);
        string line = Assert.Single(_log.All, line => line.Contains($"{KeptFile} is not used", StringComparison.Ordinal));
        Assert.Contains("put that one back", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_is_tried_again_once_an_operator_has_mended_what_hindered_it()
    {
        await using (RegistryNode node = Node())
            await RotateAndRevokeAsync(node);
        byte[] whole = await File.ReadAllBytesAsync(KeptFile, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(KeptFile, whole[..^1], TestContext.Current.CancellationToken);
        await using RegistryNode again = Node(isAway: true);
        await again.FlushAsync();
        Assert.Equal("", again.Live);
        await File.WriteAllBytesAsync(KeptFile, whole, TestContext.Current.CancellationToken);
        await again.LookAsync();
        Assert.Equal("certbot-g2 Active", again.Live);

        again.HasNoSecret = true; // What was taken stays, and nothing is said of a file that is not needed any more.
        await again.LookAsync();
        Assert.Equal("certbot-g2 Active", again.Live);
        Assert.Equal(1, _log.Count("is not used"));
    }

    [Fact]
    public async Task Loss_of_the_store_while_the_node_runs_changes_no_key_even_if_the_file_is_older()
    {
        await using RegistryNode node = Node();
        await RotateAndRevokeAsync(node);
        byte[] older = await File.ReadAllBytesAsync(KeptFile, TestContext.Current.CancellationToken);
        await node.GenerateAsync("guest.");
        string live = node.Live;
        await File.WriteAllBytesAsync(KeptFile, older, TestContext.Current.CancellationToken);

        node.IsAway = true;
        await node.LookAsync();

        Assert.Equal(live, node.Live);
        Assert.DoesNotContain(_log.All, line => line.Contains("are taken from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_says_each_hour_that_the_registry_is_still_so()
    {
        await using RegistryNode node = Node();
        await RotateAndRevokeAsync(node);
        DateTimeOffset start = ReadKept().ToldAt;
        _clock.Advance(TimeSpan.FromMinutes(30));
        await node.FlushAsync();
        Assert.Equal(start, ReadKept().ToldAt);

        _clock.Advance(TimeSpan.FromMinutes(31));
        await node.FlushAsync();
        Assert.True(ReadKept().ToldAt >= start + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Registry_without_keys_leaves_no_file_and_takes_an_older_one_away()
    {
        await using (RegistryNode node = Node())
            await RotateAndRevokeAsync(node);
        await using RegistryNode other = new(_folder["other.db"], _clock, kept: KeptFile);
        await other.LookAsync();

        Assert.Empty(other.Keys);
        Assert.False(File.Exists(KeptFile));
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_said_once_and_tried_again_while_keys_go_on()
    {
        string kept = Path.Combine(_folder.FullPath, "absent", "keys");
        await using RegistryNode node = new(Store, _clock, kept: kept, log: _log);
        await RotateAndRevokeAsync(node);

        Assert.Equal("certbot-g2 Active", node.Live);
        Assert.Equal(1, _log.Count("cannot be written"));
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await node.FlushAsync();
        Assert.True(File.Exists(kept));
    }

    private RegistryNode Node(bool isAway = false) => new(Store, _clock, kept: KeptFile, log: _log, isAway: isAway) { Configured = [Configured] };

    private static async Task RotateAndRevokeAsync(RegistryNode node)
    {
        node.Configured = [Configured];
        await node.RotateAsync("certbot.");
        await node.LookAsync();
        await node.DoAsync(new KeyRequest.Revoke(Certbot, 1));
    }

    private static (KeyKind Kind, DomainName Name, KeyState State, TsigSecret? Secret) Shown(RegisteredKey key) =>
        (key.Kind, key.Name, key.State, key.Secret);

    private KeptKeys ReadKept() => new KeptKeysFile(KeptFile).Read(
        new KeySealer([[.. Enumerable.Range(0, 32).Select(at => (byte)at)]]), "", out _)!;
}
