using System.Security.Cryptography.X509Certificates;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;
using ActorDns.Testing.Transfers;

namespace ActorDns.System.Tests.Secondaries;

/// <summary>Zones from BIND by TLS, and BIND told of changes by TLS (RFC 9103).</summary>
public sealed class OverTlsTests : IDisposable
{
    private const string Name = "ns1.example.com";
    private readonly TempFolder _bindFolder = new();
    private readonly TempFolder _ownFolder = new();
    private readonly TestCertificates _certificates;
    private readonly TestKey _key = TestKey.Create("transfer-key.example");
    private readonly int _tlsPort = FreePorts.Take();

    public OverTlsTests()
    {
        _certificates = new TestCertificates(_ownFolder);
        using X509Certificate2 certificate = _certificates.Issue(Name);
        _bindFolder.Write("server.pem", certificate.ExportCertificatePem());
        _bindFolder.Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _ownFolder.Dispose();
        _bindFolder.Dispose();
    }

    [Fact, Rfc(9103, "7.4")]
    public async Task Zone_and_its_differences_come_from_bind_by_tls()
    {
        int ownPort = FreePorts.Take();
        await using ServerUnderTest bind = await StartPrimaryAsync(ownPort);
        await using ServerUnderTest own = await StartSecondaryAsync(ownPort, $"remote-hostname \"{Name}\"");
        Assert.Contains("1 messages, 6 records", await own.Process.WaitForLineAsync("Transfer completed"), StringComparison.Ordinal);
        int seen = own.Process.Lines.Length;
        string script = $"server 127.0.0.1 {bind.Port}\nzone example.com\nadd new.example.com. 60 A 192.0.2.9\nsend\n";
        (await Tool.RunAsync("nsupdate", ["-y", _key.ForDig], script)).OrThrow();
        string last = await own.Process.WaitForLineAsync("Transfer completed", seen);
        Assert.Contains("1 messages, 5 records", last, StringComparison.Ordinal); // A difference, no whole zone.
        ToolResult asked = await own.DigAsync("new.example.com", "A", "+short");
        Assert.Equal("192.0.2.9\n", asked.Output);
        Assert.Contains(own.Process.Lines, line => line.Contains("TSIG transfer-key.example TLS 'strict'", StringComparison.Ordinal));
    }

    [Fact, Rfc(9103, "7.5")]
    public async Task Bind_that_shows_another_name_gives_us_no_zone()
    {
        int ownPort = FreePorts.Take();
        await using ServerUnderTest bind = await StartPrimaryAsync(ownPort);
        await using ServerUnderTest own = await StartSecondaryAsync(ownPort, "remote-hostname \"other.example.com\"");
        await own.Process.WaitForLineAsync("RemoteCertificateNameMismatch");
        Assert.Contains("status: SERVFAIL", (await own.DigAsync("example.com", "SOA")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_is_told_of_a_change_by_tls()
    {
        int plainPort = FreePorts.Take();
        WriteZone(_ownFolder);
        await using ServerUnderTest own = await ServerUnderTest.StartAsync(
            _ownFolder,
            new NamedConf().Key(_key).Statement(Tls($"remote-hostname \"{Name}\"")).Primary(
                "example.com",
                "zone.db",
                $"allow-update {{ key \"{_key.Name}\"; }}; allow-transfer {{ any; }}; "
                + $"notify explicit; also-notify {{ 127.0.0.1 port {_tlsPort} tls strict; }};"),
            ServerKind.ActorDns);
        await using ServerUnderTest bind = await ServerUnderTest.StartAsync(
            _bindFolder,
            Listening().Statement(
                $"zone \"example.com\" {{ type secondary; file \"copy.db\"; primaries {{ 127.0.0.1 port {own.Port}; }}; }};"),
            ServerKind.Bind,
            plainPort);
        await bind.Process.WaitForLineAsync("Transfer status: success");
        int seen = bind.Process.Lines.Length;
        string script = $"server 127.0.0.1 {own.Port}\nzone example.com\nadd new.example.com. 60 A 192.0.2.9\nsend\n";
        (await Tool.RunAsync("nsupdate", ["-y", _key.ForDig], script)).OrThrow();
        await bind.Process.WaitForLineAsync("received notify for zone 'example.com'", seen);
        await bind.Process.WaitForLineAsync("Transfer status: success", seen);
    }

    private static void WriteZone(TempFolder folder) =>
        folder.Write("zone.db", "$TTL 300\n@ SOA ns1 hostmaster 1 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.80\nwww A 192.0.2.81\n");

    private NamedConf Listening() => new NamedConf().Key(_key)
        .Statement("tls server { cert-file \"server.pem\"; key-file \"server.key\"; };")
        .Option($"listen-on port {_tlsPort} tls server {{ 127.0.0.1; }};");

    private Task<ServerUnderTest> StartPrimaryAsync(int ownPort)
    {
        WriteZone(_bindFolder);
        return ServerUnderTest.StartAsync(
            _bindFolder,
            Listening().Primary(
                "example.com",
                "zone.db",
                $"allow-update {{ key \"{_key.Name}\"; }}; allow-transfer transport tls {{ key \"{_key.Name}\"; }}; "
                + $"notify explicit; notify-delay 1; also-notify {{ 127.0.0.1 port {ownPort}; }};"),
            ServerKind.Bind);
    }

    private Task<ServerUnderTest> StartSecondaryAsync(int ownPort, string check) => ServerUnderTest.StartAsync(
        _ownFolder,
        new NamedConf().Key(_key).Statement(Tls(check)).Statement(
            $"zone \"example.com\" {{ type secondary; file \"copy.db\"; "
            + $"primaries {{ 127.0.0.1 port {_tlsPort} key \"{_key.Name}\" tls strict; }}; }};"),
        ServerKind.ActorDns,
        ownPort);

    private string Tls(string check) => $"tls strict {{ ca-file \"{_certificates.CaFile}\"; {check}; }};";
}
