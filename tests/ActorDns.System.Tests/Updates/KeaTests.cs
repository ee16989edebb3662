using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Kea's DNS updater, fed with the requests that its DHCP servers send it (RFC 4703).</summary>
public sealed class KeaTests : IAsyncLifetime
{
    private const string Reverse = "2.0.192.in-addr.arpa";
    private const string Dhcid = "000101A7C1D2E3F4A5B6C7D8E9F00112233445566778899AABBCCDDEEFF0011223344556";
    private const string OtherDhcid = "0001020102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F2021";

    private DynamicZone _zone = null!;
    private ChildProcess _kea = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        string key = DynamicZone.Key.Name;
        _zone = await DynamicZone.StartAsync(
            policy: $"update-policy {{ grant \"{key}\" subdomain example. A AAAA DHCID; }};",
            other: Reverse,
            more: conf => conf.Primary(
                Reverse, $"{Reverse}.db", $"update-policy {{ grant \"{key}\" zonesub PTR DHCID; }}; allow-transfer {{ any; }};"));
        _port = FreePorts.Take();
        string folder = _zone.Folder.FullPath;
        object[] servers = [new Dictionary<string, object> { ["ip-address"] = "127.0.0.1", ["port"] = _zone.Server.Port }];
        string config = _zone.Folder.Write("d2.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["DhcpDdns"] = new Dictionary<string, object>
            {
                ["ip-address"] = "127.0.0.1",
                ["port"] = _port,
                ["tsig-keys"] = new object[]
                {
                    new Dictionary<string, object> { ["name"] = key, ["algorithm"] = "HMAC-SHA256", ["secret"] = DynamicZone.Key.Secret },
                },
                ["forward-ddns"] = Domains("example.", key, servers),
                ["reverse-ddns"] = Domains(Reverse + ".", key, servers),
                ["loggers"] = new object[]
                {
                    new Dictionary<string, object>
                    {
                        ["name"] = "kea-dhcp-ddns",
                        ["severity"] = "DEBUG",
                        ["debuglevel"] = 55,
                        ["output_options"] = new object[] { new Dictionary<string, object> { ["output"] = "stdout", ["flush"] = true } },
                    },
                },
            },
        }));
        _kea = ChildProcess.Start(
            "kea-dhcp-ddns",
            ["-c", config],
            folder,
            new Dictionary<string, string> { ["KEA_PIDFILE_DIR"] = folder, ["KEA_LOCKFILE_DIR"] = folder });
        await _kea.WaitForLineAsync("DHCP_DDNS_STARTED");
    }

    public async ValueTask DisposeAsync()
    {
        if (_kea is not null)
            await _kea.DisposeAsync();
        if (_zone is not null)
            await _zone.DisposeAsync();
    }

    [Fact]
    public async Task Kea_adds_replaces_meets_a_conflict_and_removes()
    {
        Assert.Contains("DHCP_DDNS_ADD_SUCCEEDED", await RequestAsync(0, "192.0.2.9", Dhcid), StringComparison.Ordinal);
        Assert.Equal(["pc1.example. A 192.0.2.9", "pc1.example. DHCID"], await ForwardAsync());
        Assert.Equal(["9.2.0.192.in-addr.arpa. DHCID", "9.2.0.192.in-addr.arpa. PTR pc1.example."], await ReverseAsync());

        // The name is in use, by the same client: its address is replaced.
        Assert.Contains("DHCP_DDNS_ADD_SUCCEEDED", await RequestAsync(0, "192.0.2.10", Dhcid), StringComparison.Ordinal);
        Assert.Equal(["pc1.example. A 192.0.2.10", "pc1.example. DHCID"], await ForwardAsync());
        uint serial = await _zone.SerialAsync();

        // Another client wants the name.
        Assert.Contains("DHCP_DDNS_ADD_FAILED", await RequestAsync(0, "192.0.2.11", OtherDhcid), StringComparison.Ordinal);
        Assert.Equal(["pc1.example. A 192.0.2.10", "pc1.example. DHCID"], await ForwardAsync());
        Assert.Equal(serial, await _zone.SerialAsync());

        Assert.Contains("DHCP_DDNS_REMOVE_SUCCEEDED", await RequestAsync(1, "192.0.2.10", Dhcid), StringComparison.Ordinal);
        Assert.Empty(await ForwardAsync());
        Assert.DoesNotContain(await ReverseAsync(), record => record.StartsWith("10.", StringComparison.Ordinal));
    }

    private static Dictionary<string, object> Domains(string name, string key, object[] servers) => new()
    {
        ["ddns-domains"] = new object[]
        {
            new Dictionary<string, object> { ["name"] = name, ["key-name"] = key, ["dns-servers"] = servers },
        },
    };

    /// <summary>Sends a request as Kea's DHCP servers do and returns the line with its outcome.</summary>
    private async Task<string> RequestAsync(int changeType, string address, string dhcid)
    {
        byte[] json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["change-type"] = changeType,
            ["forward-change"] = true,
            ["reverse-change"] = true,
            ["fqdn"] = "pc1.example.",
            ["ip-address"] = address,
            ["dhcid"] = dhcid,
            ["lease-expires-on"] = "20301231235959",
            ["lease-length"] = 1300,
            ["use-conflict-resolution"] = true,
        }));
        byte[] datagram = new byte[json.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, (ushort)json.Length);
        json.CopyTo(datagram, 2);
        int seen = _kea.Lines.Length;
        Task<string> outcome = _kea.WaitForLineAsync(
            line => line.Contains("DHCP_DDNS_ADD_SUCCEEDED", StringComparison.Ordinal)
                || line.Contains("DHCP_DDNS_ADD_FAILED", StringComparison.Ordinal)
                || line.Contains("DHCP_DDNS_REMOVE_SUCCEEDED", StringComparison.Ordinal)
                || line.Contains("DHCP_DDNS_REMOVE_FAILED", StringComparison.Ordinal),
            "how the request ended",
            seen,
            null);
        using UdpClient udp = new();
        await udp.SendAsync(datagram, new IPEndPoint(IPAddress.Loopback, _port));
        return await outcome;
    }

    private async Task<string[]> ForwardAsync() => Short(await _zone.TransferAsync(), "pc1.example.");

    private async Task<string[]> ReverseAsync() => Short(await _zone.TransferAsync(Reverse), $"0.192.").Where(line => char.IsAsciiDigit(line[0])).ToArray();

    /// <summary>Name, type and data; a DHCID without its data.</summary>
    private static string[] Short(string[] records, string part) =>
    [
        .. records.Select(record => record.Split(' '))
            .Where(words => words[3] is "A" or "DHCID" or "PTR" && words[0].Contains(part, StringComparison.Ordinal))
            .Select(words => words[3] == "DHCID" ? $"{words[0]} DHCID" : $"{words[0]} {words[3]} {words[4]}"),
    ];
}
