using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Programs that Debian has, which change zones by updates: each as its users run it.</summary>
public sealed class DebianClientTests
{
    private const int PerformedUpdates = 200;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Ddclient_replaces_the_address_when_it_changes_and_only_then()
    {
        const string Domain = "example.com"; // It takes no zone of one label.
        await using DynamicZone zone = await DynamicZone.StartAsync(other: Domain, more: conf => conf.Primary(
            Domain, $"{Domain}.db", $"allow-update {{ key \"{DynamicZone.Key.Name}\"; }}; allow-transfer {{ any; }};"));
        string config = zone.Folder.Write("ddclient.conf", $"""
            protocol=nsupdate
            server=127.0.0.1:{zone.Server.Port}
            login={Tool.Find("nsupdate")}
            password={zone.KeyFile}
            zone={Domain}
            ttl=60
            dyn.{Domain}

            """);
        (await Tool.RunAsync("chmod", "600", config)).OrThrow();
        await RunAsync("192.0.2.7");
        Assert.Equal(["192.0.2.7"], await AddressesAsync());
        await RunAsync("192.0.2.7");
        await RunAsync("192.0.2.8");
        Assert.Equal(["192.0.2.8"], await AddressesAsync());
        Assert.Equal(DynamicZone.FirstSerial + 2, await zone.SerialAsync(Domain));

        // Its ttl is now that of its configuration and now its own of 300 s, from run to run.
        async Task<string[]> AddressesAsync() =>
        [
            .. (await zone.TransferAsync(Domain)).Where(record => record.StartsWith("dyn.", StringComparison.Ordinal))
                .Select(record => record.Split(' ')[^1]),
        ];

        async Task RunAsync(string address) => (await Tool.RunAsync(
            "ddclient",
            ["-daemon=0", "-foreground", "-noquiet", "-verbose", "-file", config, "-cache", zone.Folder["ddclient.cache"], "-use=ip", $"-ip={address}"],
            null,
            Deadline)).OrThrow();
    }

    [Fact]
    public async Task Dnsvi_reads_the_zone_and_sends_what_was_edited_as_one_update()
    {
        string address = PortFiftyThree.TakeAddress();
        await using DynamicZone zone = await DynamicZone.StartAsync(more: conf => PortFiftyThree.Listen(conf, address));
        // It looks at whole seconds of the file's time.
        string editor = zone.Folder.Write("editor", "#!/bin/sh\nsed -i s/192.0.2.80/192.0.2.82/ \"$1\"\ntouch -d 2030-01-01 \"$1\"\n");
        (await Tool.RunAsync("chmod", "700", editor)).OrThrow();
        ToolResult dnsvi = (await Tool.RunAsync(
            "env",
            [$"EDITOR={editor}", Tool.Find("dnsvi"), $"@{address}", "-k", zone.KeyFile, "example"],
            "s\n",
            Deadline)).OrThrow();
        Assert.Contains("status: NOERROR", dnsvi.Output, StringComparison.Ordinal);
        string[] records = await zone.TransferAsync();
        Assert.Contains("www.example. 3600 IN A 192.0.2.82", records);
        Assert.DoesNotContain(records, record => record.Contains("192.0.2.80", StringComparison.Ordinal));
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
    }

    [Fact]
    public async Task Dehydrated_finds_the_zone_with_its_hook_and_gets_a_certificate()
    {
        const string Domain = "example.com";
        string address = PortFiftyThree.TakeAddress();
        await using DynamicZone zone = await DynamicZone.StartAsync(other: Domain, more: conf => PortFiftyThree.Listen(conf, address).Primary(
            Domain, $"{Domain}.db", $"update-policy {{ grant \"{DynamicZone.Key.Name}\" name _acme-challenge.www.{Domain} TXT; }}; allow-transfer {{ any; }};"));
        await using PebbleServer pebble = await PebbleServer.StartAsync(zone.Folder, zone.Server.EndPoint);
        string folder = zone.Folder.FullPath;
        Directory.CreateDirectory(Path.Combine(folder, "dehydrated"));
        zone.Folder.Write("dehydrated-hook-ddns-tsig.conf", $"""
            [DEFAULT]
            name_server_ip = {address}
            key_name = {DynamicZone.Key.Name}
            key_secret = {DynamicZone.Key.Secret}
            key_algorithm = {DynamicZone.Key.Algorithm}
            TTL = 60
            wait = 10
            verbosity = 2

            """);
        string config = zone.Folder.Write("dehydrated.config", $"""
            BASEDIR="{folder}/dehydrated"
            CA="{pebble.Directory}"
            CURL_OPTS="--cacert {pebble.CertificateFile}"
            CHALLENGETYPE="dns-01"
            HOOK="/usr/share/dehydrated-hook-ddns-tsig/dehydrated-hook-ddns-tsig.py"

            """);
        await RunAsync("--register", "--accept-terms");
        ToolResult issued = await RunAsync("--cron", "--domain", $"www.{Domain}");
        Assert.True(File.Exists(Path.Combine(folder, "dehydrated", "certs", $"www.{Domain}", "cert.pem")), issued.ToString());
        Assert.DoesNotContain(await zone.TransferAsync(Domain), record => record.Contains("_acme-challenge", StringComparison.Ordinal));
        Assert.Equal(DynamicZone.FirstSerial + 2, await zone.SerialAsync(Domain));

        async Task<ToolResult> RunAsync(params string[] arguments) => (await Tool.RunAsync(
            "env", ["-C", folder, "PATH=/usr/sbin:/usr/bin:/sbin:/bin", Tool.Find("dehydrated"), "--config", config, .. arguments], null, Deadline)).OrThrow();
    }

    [Fact]
    public async Task Dnsperf_loses_none_of_its_signed_updates()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        string data = zone.Folder.Write("updates", string.Concat(Enumerable.Range(0, PerformedUpdates).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"example\nadd perf{i} 60 A 192.0.2.1\nsend\n"))));
        ToolResult dnsperf = (await Tool.RunAsync(
            "dnsperf",
            ["-u", "-s", "127.0.0.1", "-p", $"{zone.Server.Port}", "-y", DynamicZone.Key.ForDig, "-d", data, "-n", "1"],
            null,
            Deadline)).OrThrow();
        Assert.Contains($"NOERROR {PerformedUpdates} (100.00%)", dnsperf.Output, StringComparison.Ordinal);
        Assert.Equal(PerformedUpdates, (await zone.TransferAsync()).Count(record => record.StartsWith("perf", StringComparison.Ordinal)));
        Assert.Equal(DynamicZone.FirstSerial + PerformedUpdates, await zone.SerialAsync());
    }

    [Fact]
    public async Task Dnsruby_adds_and_replaces_and_verifies_the_replies()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        Assert.Equal("NOERROR verified", await RubyAsync("nxdomain", "192.0.2.1"));
        Assert.Equal("YXDOMAIN", await RubyAsync("nxdomain", "192.0.2.2"));
        Assert.Equal("NOERROR verified", await RubyAsync("yxdomain", "192.0.2.3"));
        Assert.Contains("ruby.example. 60 IN A 192.0.2.3", await zone.TransferAsync());
        Assert.Equal(DynamicZone.FirstSerial + 2, await zone.SerialAsync());

        async Task<string> RubyAsync(string prerequisite, string address) => (await Tool.RunAsync(
            "ruby",
            [Script.PathOf("update.rb"), $"{zone.Server.Port}", DynamicZone.Key.Name, DynamicZone.Key.Secret, prerequisite, address],
            null,
            Deadline)).OrThrow().Output.Trim();
    }
}
