using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Secondaries;

/// <summary>A dynamic primary of any kind and our secondary of it, each in a folder of its own, with one key for everything.</summary>
internal sealed class SecondaryPair : IAsyncDisposable
{
    public const string Zone = "example.com";
    private const int FirstSerialBeforeWrap = -6; // As an unsigned number, six steps before the wrap.
    private readonly TempFolder _primaryFolder = new();
    private readonly TempFolder _ownFolder = new();
    private readonly int _controlPort = FreePorts.Take();

    private SecondaryPair()
    {
    }

    /// <summary>A key that the primary alone knows.</summary>
    public static TestKey UpdateKey { get; } = TestKey.Create("update-key.example");

    public static TestKey Key { get; } = TestKey.Create("transfer-key.example");

    public ServerUnderTest Primary { get; private set; } = null!;

    public ServerUnderTest Own { get; private set; } = null!;

    public int OwnPort { get; } = FreePorts.Take();

    /// <summary>Starts both and waits until the zone has come.</summary>
    public static async Task<SecondaryPair> StartAsync(ServerKind primary, string more = "", string times = "3600 900 604800 300")
    {
        SecondaryPair pair = new();
        uint serial = unchecked((uint)FirstSerialBeforeWrap);
        pair._primaryFolder.Write("zone.db", string.Create(
            CultureInfo.InvariantCulture,
            $"$TTL 300\n@ SOA ns1 hostmaster {serial} {times}\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.80\nwww A 192.0.2.81\n"));
        NamedConf conf = new NamedConf().Key(Key).Key(UpdateKey).Primary(
            Zone,
            "zone.db",
            $"allow-update {{ key \"{Key.Name}\"; key \"{UpdateKey.Name}\"; }}; allow-transfer {{ key \"{Key.Name}\"; }}; "
            + $"notify explicit; also-notify {{ 127.0.0.1 port {pair.OwnPort}; }};");
        pair.Primary = await ServerUnderTest.StartAsync(pair._primaryFolder, conf, primary);
        await pair.StartOwnAsync(more);
        await pair.Own.Process.WaitForLineAsync("Transfer completed");
        return pair;
    }

    /// <summary>Starts our secondary in its folder, for the first time or again.</summary>
    public async Task StartOwnAsync(string more = "") => Own = await ServerUnderTest.StartAsync(
        _ownFolder,
        new NamedConf().Key(Key).Statement(
            $$"""
            controls { inet 127.0.0.1 port {{_controlPort}} allow { 127.0.0.1; } keys { "{{Key.Name}}"; }; };
            zone "{{Zone}}" {
                type secondary; file "copy.db"; allow-transfer { any; };
                primaries { 127.0.0.1 port {{Primary.Port}} key "{{Key.Name}}"; }; {{more}}
            };
            """),
        ServerKind.ActorDns,
        OwnPort);

    /// <summary>Changes the zone at its primary by lines for <c>nsupdate</c>.</summary>
    public async Task UpdateAsync(params string[] lines)
    {
        string script = $"server 127.0.0.1 {Primary.Port}\nzone {Zone}\n{string.Join('\n', lines)}\nsend\n";
        (await Tool.RunAsync("nsupdate", ["-y", Key.ForDig], script)).OrThrow();
    }

    /// <summary>Runs Debian's rndc against our secondary.</summary>
    public Task<ToolResult> RndcAsync(params string[] command)
    {
        string conf = _ownFolder.Write("rndc.conf", Key.ToNamedConf()
            + $"options {{ default-key \"{Key.Name}\"; default-server 127.0.0.1; default-port {_controlPort}; }};\n");
        return Tool.RunAsync("rndc", ["-c", conf, .. command]);
    }

    /// <summary>Does something at the primary and waits until the transfer that follows is over here.</summary>
    public async Task<string> AndTransferAsync(Func<Task> change)
    {
        int seen = Own.Process.Lines.Length;
        await change();
        return await Own.Process.WaitForLineAsync("Transfer completed", seen);
    }

    /// <summary>The zone as a server gives it out, by its port.</summary>
    public async Task<string[]> HeldByAsync(ServerUnderTest server)
    {
        ToolResult dig = await server.DigAsync("-y", Key.ForDig, Zone, "AXFR", "+noall", "+answer", "+onesoa");
        return await ZoneText.CanonicalOfAsync(Zone, dig.Output, _ownFolder);
    }

    /// <summary>Fails unless both hold the same records.</summary>
    public async Task AssertSameAsync() => ZoneText.AssertSame(await HeldByAsync(Primary), await HeldByAsync(Own));

    public async ValueTask DisposeAsync()
    {
        if (Own is not null)
            await Own.DisposeAsync();
        if (Primary is not null)
            await Primary.DisposeAsync();
        _ownFolder.Dispose();
        _primaryFolder.Dispose();
    }
}
