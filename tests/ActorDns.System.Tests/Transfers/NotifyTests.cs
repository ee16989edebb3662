using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Peers;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Transfers;

/// <summary>Changes reach the other vendors' secondaries by NOTIFY; the refresh time of the SOA is a day and cannot be what brought them.</summary>
public sealed class NotifyTests : IDisposable
{
    private const string Zone = "told.example";
    private static readonly TestKey Key = TestKey.Create("notify-key.example");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SecondaryKind.Bind, "got incremental response")]
    [InlineData(SecondaryKind.Knot, "IXFR, incoming")]
    [InlineData(SecondaryKind.Nsd, null)]
    [InlineData(SecondaryKind.PowerDns, null)]
    public async Task Update_is_told_to_a_secondary_with_TSIG_and_it_pulls_the_change(SecondaryKind kind, string? saysIxfr)
    {
        await using ServerUnderTest primary = await StartPrimaryAsync();
        await using ISecondary secondary = await StartSecondaryAsync(kind, primary);
        int seen = secondary.Process.Lines.Length;
        await UpdateAsync(primary, "update add new.told.example. 60 A 192.0.2.9\nsend\n");
        await secondary.WaitForZoneAsync(Zone, seen);

        Assert.Contains(await secondary.HoldsAsync(Zone), record => record.StartsWith("new.told.example.", StringComparison.Ordinal));
        await primary.Process.WaitForLineAsync($"zone {Zone}/IN: sending notifies (serial 2)");
        if (saysIxfr is not null)
            Assert.Contains(secondary.Process.Lines.Skip(seen), line => line.Contains(saysIxfr, StringComparison.Ordinal));
        Evidence.Add($"notify {kind}", $"an update came by NOTIFY signed with TSIG, SOA refresh one day");
    }

    [Fact]
    public async Task Many_quick_updates_are_told_in_a_few_notifies_and_the_last_serial_arrives()
    {
        const int Updates = 100;
        await using ServerUnderTest primary = await StartPrimaryAsync();
        await using ISecondary secondary = await StartSecondaryAsync(SecondaryKind.Bind, primary);
        int seen = secondary.Process.Lines.Length;
        await UpdateAsync(primary, string.Concat(Enumerable.Range(1, Updates).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"update add h{i}.told.example. 60 A 192.0.2.9\nsend\n"))));
        await secondary.Process.WaitForLineAsync($"zone {Zone}/IN: transferred serial {Updates + 1}", seen);

        int notifies = secondary.Process.Lines.Skip(seen).Count(line => line.Contains("received notify for zone", StringComparison.Ordinal));
        Assert.InRange(notifies, 1, Updates / 5);
        Evidence.Add("notifies for 100 updates", $"{notifies}");
    }

    [Fact]
    public async Task Reload_with_a_new_serial_is_told()
    {
        await using ServerUnderTest primary = await StartPrimaryAsync(isDynamic: false);
        await using ISecondary secondary = await StartSecondaryAsync(SecondaryKind.Knot, primary, isDynamic: false);
        int seen = secondary.Process.Lines.Length;
        _folder.Write("told.zone", ZoneFile(serial: 7));
        await primary.ReloadAsync();
        await secondary.WaitForZoneAsync(Zone, seen);

        Assert.Contains(await secondary.HoldsAsync(Zone), record => record.Contains(" 7 86400 ", StringComparison.Ordinal));
    }

    private static string ZoneFile(int serial) => string.Create(
        CultureInfo.InvariantCulture,
        $"$TTL 1h\n@ SOA ns1 hostmaster {serial} 86400 86400 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.2\n");

    private static NamedConf Conf(bool isDynamic, int secondaryPort = 0)
    {
        string update = isDynamic ? $"allow-update {{ key {Key.Name}; }};" : "";
        string notify = secondaryPort == 0
            ? ""
            : $"notify explicit; notify-delay 1; also-notify {{ 127.0.0.1 port {secondaryPort} key {Key.Name}; }};";
        return new NamedConf().Key(Key).Primary(Zone, "told.zone", $"allow-transfer {{ key {Key.Name}; }}; {update} {notify}");
    }

    private async Task<ServerUnderTest> StartPrimaryAsync(bool isDynamic = true)
    {
        _folder.Write("told.zone", ZoneFile(serial: 1));
        return await ServerUnderTest.StartAsync(_folder, Conf(isDynamic));
    }

    /// <summary>Starts a secondary, waits until it has the zone, and configures it as one that is told.</summary>
    private static async Task<ISecondary> StartSecondaryAsync(SecondaryKind kind, ServerUnderTest primary, bool isDynamic = true)
    {
        ISecondary secondary = await Secondary.StartAsync(kind, primary.Port, Key, Zone);
        await secondary.WaitForZoneAsync(Zone);
        primary.Rewrite(Conf(isDynamic, secondary.Port));
        await primary.ReloadAsync();
        return secondary;
    }

    private static async Task UpdateAsync(ServerUnderTest primary, string lines) => (await Tool.RunAsync(
        "nsupdate",
        ["-y", Key.ForDig],
        string.Create(CultureInfo.InvariantCulture, $"server 127.0.0.1 {primary.Port}\nzone {Zone}\n{lines}"))).OrThrow();
}
