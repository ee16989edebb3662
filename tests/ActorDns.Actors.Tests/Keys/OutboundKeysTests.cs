using ActorDns.Actors.Keys;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Tests.Keys;

public sealed class OutboundKeysTests
{
    private static readonly DomainName Zone = DomainName.Parse("example.");
    private static readonly TsigKey Configured = Made("xfr.").ToTsigKey()!;
    private readonly ManualClock _clock = new();
    private readonly OutboundKeys _keys;

    public OutboundKeysTests() => _keys = new OutboundKeys(_clock);

    [Fact]
    public void Key_that_the_registry_does_not_know_signs_as_configured()
    {
        Update(Made("other."));

        Assert.Same(Configured, Sign(1));
        Assert.Null(_keys.For(new Primary(Server(1)), Zone, "refresh").Key);
        Assert.Empty(_keys.TakeUses("a"));
    }

    [Fact]
    public void Successor_signs_where_the_line_is_named_when_the_old_key_has_ended()
    {
        RegisteredKey active = Made("xfr-g2.") with { Generation = 2 };
        Update(Made("xfr.") with { State = KeyState.Retired, Secret = null }, active);

        Assert.Equal("xfr-g2.", Sign(1)!.Name.ToString());
        Assert.Equal("xfr-g2.", _keys.Find(DomainName.Parse("xfr."))!.Name.ToString());
        Assert.Null(_keys.TakeDueProbe());
    }

    [Fact]
    public void Each_server_gets_the_old_key_until_its_own_probe_succeeds()
    {
        UpdateInRotation();
        Assert.Equal("xfr.", Sign(1)!.Name.ToString());
        Assert.Equal("xfr.", Sign(2)!.Name.ToString());
        KeyCutover first = _keys.TakeDueProbe()!;
        Assert.Equal((Server(1), "xfr-g2."), (first.Peer.Endpoint, first.Peer.Key!.Name.ToString()));

        _keys.Probed(first, "");

        Assert.Equal("xfr-g2.", Sign(1)!.Name.ToString());
        Assert.Equal("xfr.", Sign(2)!.Name.ToString());
        Assert.Equal([true, false], _keys.List().Select(one => one.IsProven));
    }

    [Fact]
    public void Server_that_does_not_know_the_new_key_is_probed_once_a_minute()
    {
        UpdateInRotation();
        Sign(1);
        _keys.Probed(_keys.TakeDueProbe()!, "tsig indicates error (BADKEY)");

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(_keys.TakeDueProbe());
        Assert.Equal("xfr.", Sign(1)!.Name.ToString());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(_keys.TakeDueProbe());
        CutoverStatus status = Assert.Single(_keys.List());
        Assert.Equal((2, "tsig indicates error (BADKEY)"), (status.Probes, status.Problem));
    }

    [Fact]
    public void Same_name_is_switched_by_secret()
    {
        RegisteredKey old = Made("xfr.") with { State = KeyState.Retiring };
        RegisteredKey active = Made("xfr.") with { Generation = 2, Predecessor = 1 };
        Update(old, active);

        Assert.Equal(old.Secret, Sign(1)!.Secret);
        _keys.Probed(_keys.TakeDueProbe()!, "");
        Assert.Equal(active.Secret, Sign(1)!.Secret);
    }

    [Fact]
    public void What_is_signed_counts_as_use_of_its_key()
    {
        UpdateInRotation();
        Sign(1);
        Sign(1);

        Assert.Equal(
            [new KeyUse(DomainName.Parse("xfr."), 1, "192.0.2.1", "a", "refresh", _clock.GetUtcNow(), 2)],
            _keys.TakeUses("a"));
        Assert.Empty(_keys.TakeUses("a"));
    }

    [Fact]
    public void End_of_the_old_key_ends_the_probes()
    {
        UpdateInRotation();
        Sign(1);
        Update(Made("xfr-g2.") with { Generation = 2 });

        Assert.Empty(_keys.List());
        Assert.Equal("xfr-g2.", Sign(1)!.Name.ToString());
    }

    private void UpdateInRotation() => Update(Made("xfr.") with { State = KeyState.Retiring }, Made("xfr-g2.") with { Generation = 2 });

    private void Update(params RegisteredKey[] keys) => _keys.Update(KeyRingBuilder.Build([], keys));

    private TsigKey? Sign(byte peer) => _keys.For(new Primary(Server(peer)) { Key = Configured }, Zone, "refresh").Key;

    private static NetEndpoint Server(byte number) => new(NetAddress.FromIPv4(0xC0000200u + number), 53);

    private static RegisteredKey Made(string name) => new()
    {
        Line = DomainName.Parse(name.StartsWith("xfr", StringComparison.Ordinal) ? "xfr." : name),
        Name = DomainName.Parse(name),
        Generation = 1,
        Algorithm = "hmac-sha256",
        State = KeyState.Active,
        Created = DateTimeOffset.UnixEpoch,
        Secret = TsigSecret.CreateRandom(TsigAlgorithm.HmacSha256),
    };
}
