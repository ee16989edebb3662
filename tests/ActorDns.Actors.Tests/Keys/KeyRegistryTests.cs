using ActorDns.Actors.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Tests.Keys;

/// <summary>The registry of one node and of several that share a store.</summary>
public sealed class KeyRegistryTests : IDisposable
{
    private static readonly DomainName Certbot = DomainName.Parse("certbot.");
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generated_key_is_known_at_once_and_signs_when_the_only_node_has_confirmed_it()
    {
        await using RegistryNode node = Node();

        await node.GenerateAsync("certbot.");

        Assert.Equal("certbot Active", node.Live);
        Assert.Equal(32, node.Keys[0].Secret!.Length);
    }

    [Fact]
    public async Task Secret_is_nowhere_in_the_files_of_the_store()
    {
        string base64;
        byte[] octets;
        await using (RegistryNode node = Node())
        {
            await node.GenerateAsync("certbot.");
            octets = node.Keys[0].Secret!.Octets.ToArray();
            base64 = node.Keys[0].Secret!.ToBase64();
        }

        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(_folder["keys.db"])!))
        {
            byte[] content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.True(content.AsSpan().IndexOf(octets.AsSpan(0, 8)) < 0, file);
            Assert.True(content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(base64[..12])) < 0, file);
        }
    }

    [Fact]
    public async Task Keys_are_there_after_a_restart()
    {
        TsigSecret secret;
        await using (RegistryNode node = Node())
        {
            await node.GenerateAsync("certbot.");
            secret = node.Keys[0].Secret!;
        }

        await using RegistryNode again = Node();
        await again.LookAsync();

        Assert.Equal("certbot Active", again.Live);
        Assert.Equal(secret, again.Keys[0].Secret);
    }

    [Fact]
    public async Task Rotation_goes_from_successor_to_retirement_when_nobody_uses_the_old_key()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");

        await node.RotateAsync("certbot.");
        Assert.Equal("certbot Retiring, certbot-g2 Active", node.Live);

        _clock.Advance(TimeSpan.FromDays(6));
        await node.LookAsync();
        Assert.Equal("certbot Retiring, certbot-g2 Active", node.Live);
        _clock.Advance(TimeSpan.FromDays(1.1));
        await node.LookAsync();
        Assert.Equal("certbot-g2 Active", node.Live);
        Assert.Null(node.Keys[0].Secret);
    }

    [Fact]
    public async Task Old_key_that_is_used_does_not_retire_by_itself()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        await node.RotateAsync("certbot.");
        _clock.Advance(TimeSpan.FromDays(6));
        node.Use("certbot.", 1, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromDays(2));
        await node.LookAsync();
        Assert.Equal("certbot Retiring, certbot-g2 Active", node.Live);
        _clock.Advance(TimeSpan.FromDays(6));
        await node.LookAsync();
        Assert.Equal("certbot-g2 Active", node.Live);
    }

    [Fact]
    public async Task Key_in_use_is_retired_only_by_force_and_the_refusal_names_who_would_be_hit()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        node.Use("certbot.", 1, _clock.GetUtcNow(), "192.0.2.50", "transfer");

        KeyAnswer refused = await node.AskAsync(new KeyRequest.Retire(Certbot, null, Force: false));

        Assert.False(refused.IsDone);
        Assert.Contains("192.0.2.50 transfer, last at 2026-01-01 00:00:00Z (0s ago) at node a, 1 times", refused.Text, StringComparison.Ordinal);
        Assert.Equal("certbot Active", node.Live);
        await node.DoAsync(new KeyRequest.Retire(Certbot, null, Force: true));
        Assert.Equal("", node.Live);
    }

    [Fact]
    public async Task Key_becomes_active_only_when_every_live_node_has_confirmed_it()
    {
        await using RegistryNode a = Node("a");
        await using RegistryNode b = Node("b");
        a.LiveNodes = b.LiveNodes = ["a", "b"];

        await a.GenerateAsync("certbot.");
        await a.LookAsync();
        Assert.Equal("certbot Pending", a.Live);

        await b.LookAsync();
        await a.LookAsync();
        await b.LookAsync();
        Assert.Equal("certbot Active", a.Live);
        Assert.Equal("certbot Active", b.Live);
        Assert.Equal(a.Keys[0].Secret, b.Keys[0].Secret);
    }

    [Fact]
    public async Task Node_without_the_cluster_secret_confirms_nothing_and_so_nobody_signs()
    {
        await using RegistryNode a = Node("a");
        await using RegistryNode b = Node("b");
        a.LiveNodes = b.LiveNodes = ["a", "b"];
        b.HasNoSecret = true;

        await a.GenerateAsync("certbot.");
        await b.LookAsync();
        await a.LookAsync();

        Assert.Equal("certbot Pending", a.Live);
        KeyAnswer refused = await a.AskAsync(new KeyRequest.Activate(Certbot, null, Force: false));
        Assert.Contains("not known at b yet", refused.Text, StringComparison.Ordinal);
        KeyAnswer withoutSecret = await b.AskAsync(new KeyRequest.Generate(DomainName.Parse("other."), "hmac-sha256", new KeyOptions()));
        Assert.Equal((false, "there is no cluster secret"), (withoutSecret.IsDone, withoutSecret.Text));
    }

    [Fact]
    public async Task Held_successor_signs_when_it_is_activated()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        await node.RotateAsync("certbot.", options: new KeyOptions(Hold: true));
        await node.LookAsync();
        Assert.Equal("certbot Active, certbot-g2 Pending", node.Live);

        await node.DoAsync(new KeyRequest.Activate(Certbot, null, Force: false));

        Assert.Equal("certbot Retiring, certbot-g2 Active", node.Live);
    }

    [Fact]
    public async Task Same_name_gives_two_generations_of_one_name()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");

        await node.RotateAsync("certbot.", sameName: true);

        Assert.Equal("certbot Retiring, certbot Active", node.Live);
        Assert.NotEqual(node.Keys[0].Secret, node.Keys[1].Secret);
    }

    [Fact]
    public async Task Scheduled_key_is_replaced_again_and_again()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.", new KeyOptions(Every: TimeSpan.FromDays(30), Overlap: TimeSpan.FromDays(1)));
        for (int generation = 2; generation <= 4; generation++)
        {
            _clock.Advance(TimeSpan.FromDays(31));
            await node.LookAsync();
            Assert.Equal(generation, node.Keys[^1].Generation);
            _clock.Advance(TimeSpan.FromDays(2));
            await node.LookAsync();
            Assert.Equal($"certbot-g{generation} Active", node.Live);
        }
    }

    [Fact]
    public async Task Revoked_key_is_gone_at_every_node()
    {
        await using RegistryNode a = Node("a");
        await using RegistryNode b = Node("b");
        await a.GenerateAsync("certbot.");
        await b.LookAsync();

        await b.DoAsync(new KeyRequest.Revoke(Certbot, null));
        await a.LookAsync();

        Assert.Equal("", a.Live);
        Assert.Equal(KeyState.Revoked, a.Keys[0].State);
    }

    [Fact]
    public async Task Rotation_of_a_configured_key_takes_it_into_the_registry()
    {
        await using RegistryNode node = Node();
        TsigKey own = new(Certbot, TsigAlgorithm.HmacSha512, TsigSecret.CreateRandom(TsigAlgorithm.HmacSha512));
        node.Configured = [own];

        await node.RotateAsync("certbot.");

        Assert.Equal("certbot Retiring, certbot-g2 Active", node.Live);
        Assert.Equal(own.Secret, node.Keys[0].Secret);
        Assert.Equal(("hmac-sha512", 64), (node.Keys[1].Algorithm, node.Keys[1].Secret!.Length));
    }

    [Fact]
    public async Task Name_that_is_taken_is_refused_in_words()
    {
        await using RegistryNode node = Node();
        node.Configured = [new TsigKey(DomainName.Parse("own."), TsigAlgorithm.HmacSha256, TsigSecret.CreateRandom(TsigAlgorithm.HmacSha256))];
        await node.GenerateAsync("certbot.");

        Assert.Contains("generation 1 already", (await Generate("certbot.")).Text, StringComparison.Ordinal);
        Assert.Contains("named.conf defines", (await Generate("own.")).Text, StringComparison.Ordinal);
        KeyAnswer unknown = await node.AskAsync(new KeyRequest.Retire(DomainName.Parse("nobody."), null, false));
        Assert.True(unknown is { IsDone: false, IsUnknown: true });

        Task<KeyAnswer> Generate(string name) =>
            node.AskAsync(new KeyRequest.Generate(DomainName.Parse(name), "hmac-sha256", new KeyOptions()));
    }

    [Fact]
    public async Task Second_rotation_waits_for_the_end_of_the_first()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        await node.RotateAsync("certbot.");

        KeyAnswer refused = await node.AskAsync(new KeyRequest.Rotate(Certbot, null, false, new KeyOptions()));

        Assert.False(refused.IsDone);
        Assert.Contains("generation 1 of 'certbot' is still retiring", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imported_key_can_succeed_another_under_the_name_that_a_partner_chose()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        TsigKey chosen = new(DomainName.Parse("partner."), TsigAlgorithm.HmacSha512, TsigSecret.CreateRandom(TsigAlgorithm.HmacSha512));

        await node.DoAsync(new KeyRequest.Import([chosen], Certbot, new KeyOptions()));

        Assert.Equal("certbot Retiring, partner Active", node.Live);
        Assert.Equal(chosen.Secret, node.Keys[1].Secret);
    }

    [Fact]
    public async Task Export_gives_the_newest_key_and_remembers_for_whom()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");
        await node.RotateAsync("certbot.", options: new KeyOptions(Hold: true));

        KeyAnswer answer = await node.AskAsync(new KeyRequest.Export(Certbot, null, NetAddress.FromIPv4(0xC0000207)));

        Assert.Equal((2, "key 'certbot-g2' generation 2 is pending: install it, then: key activate certbot"), (answer.Key!.Generation, answer.Text));
        Assert.Equal(node.Keys[1].Secret, answer.Key.Secret);
        Assert.Equal("192.0.2.7", Assert.Single(node.Keys[1].Peers).ToString());
    }

    [Fact]
    public async Task Cookie_secret_is_made_and_rolled_with_the_old_one_accepted_for_its_overlap()
    {
        await using RegistryNode node = Node();
        node.ManagesCookies = true;
        byte[] own = [1];
        await node.LookAsync();
        byte[] first = CookieSecrets.From(node.Keys, own)[0];
        Assert.Equal((16, 2), (first.Length, CookieSecrets.From(node.Keys, own).Length));

        _clock.Advance(CookieSecrets.Every + TimeSpan.FromMinutes(1));
        await node.LookAsync();
        byte[][] secrets = CookieSecrets.From(node.Keys, own);
        Assert.NotEqual(first, secrets[0]);
        Assert.Equal(first, secrets[1]);

        _clock.Advance(CookieSecrets.Overlap + TimeSpan.FromMinutes(1));
        await node.LookAsync();
        Assert.DoesNotContain(CookieSecrets.From(node.Keys, own), secret => secret.SequenceEqual(first));
    }

    [Fact]
    public async Task Node_that_cannot_seal_has_no_cookie_secret_and_does_not_keep_on_trying()
    {
        await using RegistryNode node = Node();
        node.ManagesCookies = true;
        node.HasNoSecret = true;
        await node.LookAsync();
        node.HasNoSecret = false;

        await node.LookAsync();
        Assert.Empty(node.Keys);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await node.LookAsync();
        Assert.Equal(KeyState.Active, Assert.Single(node.Keys).State);
    }

    [Fact]
    public async Task Report_shows_no_secrets()
    {
        await using RegistryNode node = Node();
        await node.GenerateAsync("certbot.");

        KeyReport report = (await node.AskAsync(new KeyRequest.List())).Report!;

        Assert.All(report.Lines.SelectMany(line => line.Generations), key => Assert.Null(key.Secret));
    }

    private RegistryNode Node(string name = "a") => new(_folder["keys.db"], _clock, name);
}
