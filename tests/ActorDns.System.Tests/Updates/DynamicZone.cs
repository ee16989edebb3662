using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>A small zone that clients change, on ours or on BIND, in a folder of its own.</summary>
internal sealed class DynamicZone : IAsyncDisposable
{
    public const string Zone = "example";

    public const uint FirstSerial = 100;

    public static readonly TestKey Key = TestKey.Create("update-key");

    private readonly TempFolder _folder = new();

    private DynamicZone()
    {
    }

    public ServerUnderTest Server { get; private set; } = null!;

    public TempFolder Folder => _folder;

    /// <summary>The key as <c>nsupdate -k</c> reads it.</summary>
    public string KeyFile => _folder.Write($"{Key.Name}.key", Key.ToNamedConf());

    /// <summary>
    /// Starts a server with the zone; <paramref name="policy"/> says who may update it, by default who has the key. A file is there for
    /// the <paramref name="other"/> zone, which <paramref name="more"/> configures; <paramref name="prepare"/> may add others.
    /// </summary>
    public static async Task<DynamicZone> StartAsync(
        ServerKind? kind = null,
        string? policy = null,
        uint serial = FirstSerial,
        Action<NamedConf>? more = null,
        string? other = null,
        Action<TempFolder>? prepare = null)
    {
        DynamicZone zone = new();
        prepare?.Invoke(zone._folder);
        foreach (string name in other is null ? [Zone] : new[] { Zone, other })
            zone._folder.Write($"{name}.db", Text(serial));
        NamedConf conf = new NamedConf().Key(Key).Primary(
            Zone, "example.db", $"{policy ?? $"allow-update {{ key \"{Key.Name}\"; }};"} allow-transfer {{ any; }};");
        more?.Invoke(conf);
        try
        {
            zone.Server = await ServerUnderTest.StartAsync(zone._folder, conf, kind);
            return zone;
        }
        catch
        {
            zone._folder.Dispose();
            throw;
        }
    }

    /// <summary>The zone's records as a transfer brings them, sorted.</summary>
    public async Task<string[]> TransferAsync(string zone = Zone)
    {
        ToolResult dig = (await Server.DigAsync(zone, "AXFR", "+noall", "+answer", "+onesoa")).OrThrow();
        string[] lines = [.. dig.Lines.Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }

    public async Task<uint> SerialAsync(string zone = Zone)
    {
        ToolResult dig = (await Server.DigAsync(zone, "SOA", "+short")).OrThrow();
        return uint.Parse(dig.Output.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    /// <summary>Feeds nsupdate a script; <c>server</c> goes before it.</summary>
    public Task<ToolResult> NsupdateAsync(string script, params string[] arguments) =>
        Tool.RunAsync("nsupdate", arguments, $"server 127.0.0.1 {Server.Port}\n{script}\n");

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The zone's first content.</summary>
    public static string Text(uint serial) => string.Create(CultureInfo.InvariantCulture, $"""
        $TTL 3600
        @       SOA     ns1 hostmaster {serial} 7200 900 1209600 300
        @       NS      ns1
        @       NS      ns2
        @       MX      10 mail
        @       TXT     "v=spf1 -all"
        ns1     A       127.0.0.1
        ns2     A       127.0.0.2
        mail    A       192.0.2.25
        www     A       192.0.2.80
        www     A       192.0.2.81
        www     AAAA    2001:db8::80
        Alias   CNAME   www
        *.wild  TXT     "any"
        a.b.ent TXT     "below empty names"
        sub     NS      ns.sub
        ns.sub  A       192.0.2.53
        big     TXT     "0123456789abcdef" "fedcba9876543210"

        """);
}
