using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Storage.Tests.Contracts;

public abstract partial class JournalStoreContract
{
    private static readonly DateTimeOffset KeyTime = new(2026, 11, 20, 9, 14, 3, TimeSpan.Zero);

    private static StoredKey NewKey(string line = "certbot.", int generation = 1) => new(
        new RegisteredKey
        {
            Line = DomainName.Parse(line),
            Generation = generation,
            Name = DomainName.Parse(generation == 1 ? line : $"g{generation}.{line}"),
            Algorithm = "hmac-sha256-128",
            State = KeyState.Pending,
            Created = KeyTime,
        },
        new byte[] { 1, 2, 3 });

    private async Task<KeyTable> ReadKeysAsync() => Done(await Store.Keys.ReadAsync(Stop));

    [Fact]
    public async Task Registry_of_a_new_store_is_empty_and_has_version_zero()
    {
        KeyTable table = await ReadKeysAsync();

        Assert.Equal((0L, 0, 0), (table.Version, table.Keys.Count, table.Confirmed.Count));
        Assert.Equal(0, Done(await Store.Keys.ReadVersionAsync(Stop)));
    }

    [Fact]
    public async Task Key_is_read_back_as_it_was_written()
    {
        StoredKey written = NewKey() with
        {
            Key = NewKey(generation: 3).Key with
            {
                Kind = KeyKind.Tsig,
                State = KeyState.Retiring,
                Activated = KeyTime.AddHours(1),
                RetiringSince = KeyTime.AddHours(2),
                Ended = KeyTime.AddHours(3),
                Predecessor = 2,
                IsHeld = true,
                Every = TimeSpan.FromDays(365),
                Overlap = TimeSpan.FromDays(2),
                Peers = [NetAddress.FromIPv4(0xC0000201), NetAddress.From(System.Net.IPAddress.Parse("2001:db8::1"))],
            },
        };
        Assert.Equal(KeyWriteStatus.Written, Done(await Store.Keys.WriteAsync([written], null, Stop)));

        StoredKey read = Assert.Single((await ReadKeysAsync()).Keys);

        Assert.Equal([1, 2, 3], read.Sealed.ToArray());
        Assert.Equal(written.Key.Peers.AsEnumerable(), read.Key.Peers);
        Assert.Equal(written.Key with { RowVersion = 1, RingVersion = 1, Peers = read.Key.Peers }, read.Key);
    }

    [Fact]
    public async Task Write_of_keys_moves_the_version_and_marks_the_rows_with_it()
    {
        Done(await Store.Keys.WriteAsync([NewKey("a."), NewKey("b.")], null, Stop));
        RegisteredKey first = (await ReadKeysAsync()).Keys[0].Key;
        Done(await Store.Keys.WriteAsync([new StoredKey(first with { State = KeyState.Active }, new byte[] { 9 })], null, Stop));

        KeyTable table = await ReadKeysAsync();

        Assert.Equal(2, table.Version);
        Assert.Equal(2, Done(await Store.Keys.ReadVersionAsync(Stop)));
        Assert.Equal([(2L, 2L, KeyState.Active), (1L, 1L, KeyState.Pending)], table.Keys.Select(key => (key.Key.RowVersion, key.Key.RingVersion, key.Key.State)));
    }

    [Fact]
    public async Task Write_over_a_key_that_somebody_else_has_written_is_lost_as_a_whole()
    {
        Done(await Store.Keys.WriteAsync([NewKey()], null, Stop));
        StoredKey seen = (await ReadKeysAsync()).Keys[0];
        Done(await Store.Keys.WriteAsync([seen], null, Stop));

        Assert.Equal(KeyWriteStatus.Lost, Done(await Store.Keys.WriteAsync([NewKey("new."), seen], null, Stop)));
        Assert.Equal(KeyWriteStatus.Lost, Done(await Store.Keys.WriteAsync([NewKey()], null, Stop)));

        KeyTable table = await ReadKeysAsync();
        Assert.Equal((2L, 1), (table.Version, table.Keys.Count));
    }

    [Fact]
    public async Task Write_with_an_older_token_is_fenced_off()
    {
        LeaseToken old = Done(await Store.Leases.AcquireAsync("key-registry", "a", TimeSpan.FromMinutes(1), Stop)).Token;
        Assert.Equal(KeyWriteStatus.Written, Done(await Store.Keys.WriteAsync([NewKey("a.")], old, Stop)));
        Done(await Store.Leases.ReleaseAsync(old, Stop));
        LeaseToken current = Done(await Store.Leases.AcquireAsync("key-registry", "b", TimeSpan.FromMinutes(1), Stop)).Token;

        Assert.Equal(KeyWriteStatus.Fenced, Done(await Store.Keys.WriteAsync([NewKey("b.")], old, Stop)));
        Assert.Equal(KeyWriteStatus.Written, Done(await Store.Keys.WriteAsync([NewKey("c.")], current, Stop)));
        Assert.Equal(["a.", "c."], (await ReadKeysAsync()).Keys.Select(key => key.Key.Line.ToString()));
    }

    [Fact]
    public async Task Confirmation_of_a_node_only_grows()
    {
        Assert.True(Done(await Store.Keys.ConfirmAsync("a", 5, Stop)));
        Assert.False(Done(await Store.Keys.ConfirmAsync("a", 4, Stop)));
        Assert.True(Done(await Store.Keys.ConfirmAsync("b", 1, Stop)));

        Assert.Equal([("a", 5L), ("b", 1L)], (await ReadKeysAsync()).Confirmed.Select(one => (one.Key, one.Value)).Order());
    }

    [Fact]
    public async Task Uses_add_up_and_keep_the_latest_time()
    {
        KeyUse use = new(DomainName.Parse("certbot."), 1, "192.0.2.1", "a", "update", KeyTime, 2);
        Done(await Store.Keys.RecordUsesAsync([use, use with { Peer = "192.0.2.2", LastUsed = KeyTime.AddMinutes(1) }], Stop));
        Done(await Store.Keys.RecordUsesAsync([use with { LastUsed = KeyTime.AddMinutes(2), Count = 3 }], Stop));
        Done(await Store.Keys.RecordUsesAsync([use with { LastUsed = KeyTime.AddMinutes(-1), Count = 1 }], Stop));

        Assert.Equal(
            [use with { LastUsed = KeyTime.AddMinutes(2), Count = 6 }, use with { Peer = "192.0.2.2", LastUsed = KeyTime.AddMinutes(1) }],
            Done(await Store.Keys.ListUsesAsync(Stop)));
    }

    [Fact]
    public async Task Uses_of_long_ago_are_swept()
    {
        KeyUse use = new(DomainName.Parse("certbot."), 1, "192.0.2.1", "a", "update", DateTimeOffset.UnixEpoch, 1);
        KeyUse recent = use with { LastUsed = (await ReadKeysAsync()).Time.AddDays(-399), Peer = "192.0.2.2" };
        Done(await Store.Keys.RecordUsesAsync([use, recent], Stop));

        Done(await Store.SweepAsync(TimeSpan.FromDays(1), Stop));

        Assert.Equal("192.0.2.2", Assert.Single(Done(await Store.Keys.ListUsesAsync(Stop))).Peer);
    }
}
