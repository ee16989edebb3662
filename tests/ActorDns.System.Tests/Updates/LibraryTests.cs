using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Updates made with other implementations' libraries, and with messages as other programs are known to send them.</summary>
public sealed class LibraryTests
{
    private const int Thousands = 3_000;

    [Fact]
    public async Task Dnspython_adds_thousands_of_records_in_one_message_and_they_are_one_version()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        ToolResult python = await PythonAsync(zone, Thousands);
        Assert.StartsWith("verified NOERROR", python.Output, StringComparison.Ordinal);
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
        Assert.Equal(Thousands, (await zone.TransferAsync()).Count(record => record.Contains(" 198.51.", StringComparison.Ordinal)));

        // One version: one difference sequence, which has all of them.
        ToolResult ixfr = (await zone.Server.DigAsync(
            DynamicZone.Zone, string.Create(CultureInfo.InvariantCulture, $"IXFR={DynamicZone.FirstSerial}"), "+noall", "+answer")).OrThrow();
        Assert.Equal(4, ixfr.Lines.Count(line => line.Contains("\tSOA\t", StringComparison.Ordinal)));
        Assert.Equal(Thousands + 4, ixfr.Lines.Length);

        string size = python.Output.Trim().Split(' ')[2];
        Evidence.Add("dnspython, one message over TCP", $"{Thousands} records in {size} octets, one serial step, one difference sequence");
    }

    [Fact]
    public async Task Dnspython_message_of_thousands_whose_prerequisite_fails_changes_nothing()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        ToolResult python = await PythonAsync(zone, Thousands, "www");
        Assert.StartsWith("verified YXDOMAIN", python.Output, StringComparison.Ordinal);
        Assert.Equal(DynamicZone.FirstSerial, await zone.SerialAsync());
        Assert.DoesNotContain(await zone.TransferAsync(), record => record.Contains(" 198.51.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Net_DNS_adds_and_replaces_and_verifies_the_replies()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        string port = $"{zone.Server.Port}";
        Assert.Equal("verified NOERROR", await PerlAsync("perl.example", "192.0.2.1"));
        Assert.Equal("verified YXDOMAIN", await PerlAsync("perl.example", "192.0.2.2"));
        Assert.Equal("verified NOERROR", await PerlAsync("perl.example", "192.0.2.3", "192.0.2.1"));
        Assert.Equal("verified NXRRSET", await PerlAsync("perl.example", "192.0.2.4", "192.0.2.1"));
        string[] records = await zone.TransferAsync();
        Assert.Single(records, record => record.StartsWith("perl.", StringComparison.Ordinal));
        Assert.Contains("perl.example. 60 IN A 192.0.2.3", records);

        async Task<string> PerlAsync(params string[] arguments) =>
            (await Script.RunAsync("update.pl", [port, zone.KeyFile, .. arguments])).OrThrow().Output.Trim();
    }

    [Fact]
    public async Task Message_of_prerequisites_only_is_answered_and_steps_no_serial()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);

        // As Ansible's nsupdate module asks whether there is anything to do.
        Assert.Equal("NOERROR", await AskAsync("yxrrset www.example. A 192.0.2.80", "yxrrset www.example. A 192.0.2.81"));
        Assert.Equal("NXRRSET", await AskAsync("yxrrset www.example. A 192.0.2.80"));
        Assert.Equal("NXRRSET", await AskAsync("yxrrset www.example. MX"));
        Assert.Equal("YXRRSET", await AskAsync("nxrrset www.example. A"));
        Assert.Equal("YXDOMAIN", await AskAsync("nxdomain www.example."));
        Assert.Equal("NXDOMAIN", await AskAsync("yxdomain nowhere.example."));
        Assert.Equal("NOERROR", await AskAsync());
        Assert.Equal(DynamicZone.FirstSerial, await zone.SerialAsync());

        async Task<string> AskAsync(params string[] lines) => $"{await client.UpdateAsync(DynamicZone.Zone, lines)}";
    }

    [Fact]
    public async Task Second_identical_addition_steps_no_serial_and_what_was_written_is_read_at_once()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        using SignedClient client = SignedClient.ConnectUdp(zone.Server.EndPoint, DynamicZone.Key);
        for (int i = 1; i <= 100; i++)
        {
            // As external-dns does: each old record removed by its value, the new ones added.
            string[] replace = [$"del ext.example. A 192.0.2.{i - 1}", $"add ext.example. 60 A 192.0.2.{i}"];
            Assert.Equal("NOERROR", $"{await client.UpdateAsync(DynamicZone.Zone, replace)}");
            Assert.Equal("NOERROR", $"{await client.UpdateAsync(DynamicZone.Zone, replace)}");
            Reply reply = Reply.Read(new WireClient(zone.Server.EndPoint).AskUdp(
                new Query("ext.example.", Protocol.Registries.RecordType.A, 0, false, false, OverTcp: false).Build((ushort)i)));
            Assert.Equal($"ext.example. 60 in a 192.0.2.{i}", Assert.Single(reply.Answer));
        }

        Assert.Equal(DynamicZone.FirstSerial + 100, await zone.SerialAsync());
    }

    [Fact]
    public async Task Dhcp_server_of_ISC_adds_replaces_and_removes_by_its_prerequisites()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync(
            policy: $"update-policy {{ grant \"{DynamicZone.Key.Name}\" subdomain example. A TXT DHCID; }};");
        using SignedClient client = SignedClient.ConnectUdp(zone.Server.EndPoint, DynamicZone.Key);
        const string Mine = "31aabbccddeeff", Other = "31001122334455";

        // The interim style marks the owner with TXT; the steps are those of RFC 4703 §5.
        Assert.Equal("NOERROR", await AskAsync("nxdomain pc.example.", "add pc.example. 60 A 192.0.2.1", $"add pc.example. 60 TXT {Mine}"));
        Assert.Equal("YXDOMAIN", await AskAsync("nxdomain pc.example.", "add pc.example. 60 A 192.0.2.2", $"add pc.example. 60 TXT {Mine}"));
        Assert.Equal("NOERROR", await AskAsync(
            "yxdomain pc.example.", $"yxrrset pc.example. TXT {Mine}", "del pc.example. A", "add pc.example. 60 A 192.0.2.2"));
        Assert.Equal("NXRRSET", await AskAsync(
            "yxdomain pc.example.", $"yxrrset pc.example. TXT {Other}", "del pc.example. A", "add pc.example. 60 A 192.0.2.3"));
        Assert.Equal("NOERROR", await AskAsync($"yxrrset pc.example. TXT {Mine}", "del pc.example. A 192.0.2.2"));
        Assert.Equal("NOERROR", await AskAsync("nxrrset pc.example. A", "nxrrset pc.example. AAAA", $"del pc.example. TXT {Mine}"));
        Assert.DoesNotContain(await zone.TransferAsync(), record => record.StartsWith("pc.", StringComparison.Ordinal));
        Assert.Equal(DynamicZone.FirstSerial + 4, await zone.SerialAsync());

        async Task<string> AskAsync(params string[] lines) => $"{await client.UpdateAsync(DynamicZone.Zone, lines)}";
    }

    private static async Task<ToolResult> PythonAsync(DynamicZone zone, int count, params string[] more) => (await Script.RunAsync(
        "update.py", [$"{zone.Server.Port}", DynamicZone.Key.Name, DynamicZone.Key.Algorithm, DynamicZone.Key.Secret, $"{count}", .. more])).OrThrow();
}
