using System.Net;
using System.Net.Sockets;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Secondaries;

/// <summary>What options and <c>server</c> blocks say about single servers, here and at BIND.</summary>
public sealed class ServerBlockTests
{
    [Theory]
    [InlineData(ServerKind.ActorDns, "", "", 1)]
    [InlineData(ServerKind.ActorDns, "transfer-format one-answer;", "", 5)]
    [InlineData(ServerKind.ActorDns, "", "server 127.0.0.0/8 { transfer-format one-answer; };", 5)]
    [InlineData(
        ServerKind.ActorDns,
        "transfer-format one-answer;",
        "server 127.0.0.0/8 { transfer-format one-answer; }; server 127.0.0.1 { transfer-format many-answers; };",
        1)]
    [InlineData(ServerKind.Bind, "transfer-format one-answer;", "", 5)]
    [InlineData(ServerKind.Bind, "", "server 127.0.0.1 { transfer-format one-answer; };", 5)]
    public async Task Transfer_format_of_options_and_of_the_server_says_how_many_messages_there_are(
        ServerKind kind, string option, string blocks, int messages)
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, kind, option, blocks);
        ToolResult axfr = await server.DigAsync("example.com", "AXFR");
        Assert.Contains($"XFR size: 5 records (messages {messages},", axfr.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns, "", "", true)]
    [InlineData(ServerKind.ActorDns, "", "server 127.0.0.1 { provide-ixfr no; };", false)]
    [InlineData(ServerKind.ActorDns, "provide-ixfr no;", "server 127.0.0.1 { provide-ixfr yes; };", true)]
    [InlineData(ServerKind.Bind, "", "server 127.0.0.1 { provide-ixfr no; };", false)]
    [InlineData(ServerKind.Bind, "provide-ixfr no;", "server 127.0.0.1 { provide-ixfr yes; };", true)]
    public async Task Provide_ixfr_of_the_server_comes_before_that_of_the_options(
        ServerKind kind, string option, string blocks, bool isIncremental)
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, kind, option, blocks);
        string script = $"server 127.0.0.1 {server.Port}\nzone example.com\nadd new.example.com. 60 A 192.0.2.9\nsend\n";
        (await Tool.RunAsync("nsupdate", [], script)).OrThrow();
        ToolResult ixfr = await server.DigAsync("example.com", "IXFR=1", "+noall", "+answer");
        Assert.Contains("new.example.com.", ixfr.Output, StringComparison.Ordinal);
        Assert.Equal(!isIncremental, ixfr.Output.Contains("www.example.com.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_beyond_the_quota_gets_no_reply_and_a_line()
    {
        // A primary that takes what is passed on to it and never answers.
        using Socket primary = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        primary.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        primary.Listen();
        using TempFolder folder = new();
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            folder,
            new NamedConf().Option("update-quota 1;").Statement(
                $"zone \"example.com\" {{ type secondary; file \"copy.db\"; allow-update-forwarding {{ any; }}; "
                + $"primaries {{ 127.0.0.1 port {((IPEndPoint)primary.LocalEndPoint!).Port}; }}; }};"),
            ServerKind.ActorDns);
        string script = $"server 127.0.0.1 {server.Port}\nzone example.com\nadd new.example.com. 60 A 192.0.2.9\nsend\n";
        Task<ToolResult> first = Tool.RunAsync("nsupdate", ["-v"], script);
        await server.Process.WaitForLineAsync("forwarding update for zone 'example.com/IN'");
        Task<ToolResult> second = Tool.RunAsync("nsupdate", ["-t", "2", "-u", "1", "-r", "0"], script);
        await server.Process.WaitForLineAsync("updating zone 'example.com/IN': update failed: too many DNS UPDATEs queued");
        Assert.NotEqual(0, (await second).ExitCode);
        await first;
    }

    private static Task<ServerUnderTest> StartAsync(TempFolder folder, ServerKind kind, string option, string blocks)
    {
        folder.Write("zone.db", "$TTL 300\n@ SOA ns1 hostmaster 1 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.80\n");
        return ServerUnderTest.StartAsync(
            folder,
            new NamedConf().Option(option).Statement(blocks).Primary(
                "example.com", "zone.db", "allow-transfer { any; }; allow-update { 127.0.0.1; };"),
            kind);
    }
}
