using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>HUP: what changed is served, what did not change is not disturbed, what is wrong is said and not taken.</summary>
public sealed class ReloadTests
{
    private const string Zone = "life.test";
    private const string Extra = "extra.test";
    private const string Closed = "closed.test";
    private const string SecondAddress = "127.0.0.2";
    private const int Refused = 5;

    private static readonly Query SoaQuery = new(Zone + ".", RecordType.Soa, 1_232, false, false, false);

    [Fact]
    public async Task Reload_of_changed_configuration_and_zones_loses_no_question()
    {
        using TempFolder folder = new();
        WriteZone(folder, 1);
        folder.Write(Extra, Content(1));
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, Configuration(1));
        ServedVersions versions = new();
        await using SteadyStream stream = new(server.EndPoint, id => SoaQuery.Build(id), versions.Arm);
        int rounds = TestSize.Pick(10, 60, 600);
        for (int round = 2; round <= rounds; round++)
        {
            server.Rewrite(Configuration(round));
            versions.Written = round;
            WriteZone(folder, round);
            await server.ReloadAsync();
            versions.Confirmed = round;
            AssertServes(server, round);
        }

        for (int i = 0; i < 20; i++)
            server.Process.Hangup();
        versions.Written = rounds + 1;
        WriteZone(folder, rounds + 1);
        await server.ReloadAsync($"loaded serial {rounds + 1}");

        long asked = await stream.StopAsync();
        Assert.True(asked > rounds, $"{asked} questions in {rounds} rounds are no steady stream");
        Assert.DoesNotContain(server.Process.Lines, line => line.Contains("Exception", StringComparison.Ordinal));
        Evidence.Add("reload", $"{asked} questions over UDP and TCP without retransmission during {rounds + 20} reloads, none lost");
    }

    [Fact]
    public async Task Broken_configuration_at_reload_is_named_by_line_and_what_was_served_stays()
    {
        using TempFolder folder = new();
        WriteZone(folder, 1);
        folder.Write(Extra, Content(1));
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, Configuration(1));
        WriteZone(folder, 2);
        server.Rewrite(Configuration(2).Statement("nonsense yes;"));
        int line = (await File.ReadAllLinesAsync(server.ConfFile, TestContext.Current.CancellationToken)).Length;

        int seen = server.Process.Lines.Length;
        await server.ReloadAsync("reloading configuration failed");
        Assert.Contains(server.Process.Lines.Skip(seen), text => text.Contains($"{server.ConfFile}:{line}: ", StringComparison.Ordinal));
        Assert.Equal(1, SerialOf(server));
        AssertServes(server, 1);

        File.Delete(server.ConfFile);
        await server.ReloadAsync("reloading configuration failed");
        AssertServes(server, 1);

        server.Rewrite(Configuration(2));
        await server.ReloadAsync();
        Assert.Equal(2, SerialOf(server));
        AssertServes(server, 2);
    }

    [Theory]
    [InlineData("www 300 IN A 192.0.2.300", "")]
    [InlineData("www 300 IN NOSUCHTYPE x", "")]
    [InlineData("$INCLUDE missing.zone", "")]
    [InlineData("$INCLUDE part.zone", "part 300 IN A nowhere\n")]
    public async Task Broken_zone_at_reload_is_named_by_line_and_its_old_version_stays(string brokenLine, string included)
    {
        using TempFolder folder = new();
        WriteZone(folder, 1);
        folder.Write(Extra, Content(1));
        folder.Write("part.zone", included);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, Configuration(1));
        string good = Content(2);
        folder.Write(Zone, good + brokenLine + "\n");
        folder.Write(Extra, Content(7));
        string place = included.Length > 0 ? "part.zone:1: " : $"{Zone}:{good.Count(c => c == '\n') + 1}: ";

        int seen = server.Process.Lines.Length;
        await server.ReloadAsync();
        Assert.Contains(server.Process.Lines.Skip(seen), text => text.Contains(place, StringComparison.Ordinal));
        Assert.Equal(1, SerialOf(server));
        Assert.Equal(7, SerialOf(server, Extra));

        WriteZone(folder, 3);
        await server.ReloadAsync();
        Assert.Equal(3, SerialOf(server));
    }

    [Fact]
    public async Task Address_that_cannot_be_bound_at_reload_is_named_and_the_others_are_served()
    {
        using TempFolder folder = new();
        WriteZone(folder, 1);
        folder.Write(Extra, Content(1));
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, Configuration(2));
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.3"), server.Port));
        other.Listen();

        int seen = server.Process.Lines.Length;
        server.Rewrite(Configuration(2).ListenOn("127.0.0.1", "127.0.0.3", SecondAddress));
        await server.ReloadAsync();
        Assert.Contains(server.Process.Lines.Skip(seen), line => line.Contains($"127.0.0.3#{server.Port}", StringComparison.Ordinal));
        Assert.Equal(1, SerialOf(server));
        Assert.True(Listens(SecondAddress, server.Port));

        other.Dispose();
        await server.ReloadAsync();
        Assert.True(Listens("127.0.0.3", server.Port));
    }

    /// <summary>Odd versions have one zone, one address and one closed door more; socket buffers change too.</summary>
    private static NamedConf Configuration(int version)
    {
        bool isOdd = version % 2 == 1;
        NamedConf conf = new NamedConf()
            .ListenOn(isOdd ? ["127.0.0.1", SecondAddress] : ["127.0.0.1"])
            .Option($"udp-receive-buffer {(isOdd ? 262_144 : 524_288)};")
            .Primary(Zone, Zone)
            .Primary(Closed, Zone, $"allow-query {{ {(isOdd ? "none" : "any")}; }};");
        return isOdd ? conf.Primary(Extra, Extra) : conf;
    }

    private static void AssertServes(ServerUnderTest server, int version)
    {
        bool isOdd = version % 2 == 1;
        Assert.Equal(isOdd ? 0 : Refused, Ask(server, Extra).RcodeBits);
        Assert.Equal(isOdd ? Refused : 0, Ask(server, Closed).RcodeBits);
        Assert.Equal(isOdd, Listens(SecondAddress, server.Port));
    }

    private static Reply Ask(ServerUnderTest server, string zone)
    {
        using WireClient client = new(server.EndPoint);
        return Reply.Read(client.AskUdp((SoaQuery with { Name = zone + "." }).Build(1)));
    }

    private static int SerialOf(ServerUnderTest server, string zone = Zone) => ServedVersions.SerialOf(Ask(server, zone));

    private static bool Listens(string address, int port)
    {
        using WireClient client = new(new IPEndPoint(IPAddress.Parse(address), port));
        try
        {
            byte[] overUdp = client.AskUdp(SoaQuery.Build(1));
            byte[] overTcp = client.AskTcp(SoaQuery.Build(1))[0];
            return overUdp.Length > 0 && overTcp.Length > 0;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    private static void WriteZone(TempFolder folder, int serial) => folder.Write(Zone, Content(serial));

    private static string Content(int serial) => string.Create(
        CultureInfo.InvariantCulture, $"$TTL 300\n@ IN SOA ns1 hostmaster {serial} 3600 600 604800 60\n@ IN NS ns1\nns1 IN A 127.0.0.1\n");
}
