using System.Net.Sockets;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>TERM and INT: what is under way ends whole within the deadline, nothing new begins, and the exit code is 0.</summary>
public sealed class ShutdownTests
{
    private const string Zone = "big.test";
    private const int Names = 2_500;
    private const int ZoneBytes = Names * 4_000; // Several times of what the system buffers for a connection on loopback.
    private const int ExitCodeOfTerm = 128 + 15;

    private static readonly TestKey Key = TestKey.Create("drain.example");
    private static readonly TimeSpan WellAfterTheDeadline = TimeSpan.FromSeconds(120);

    private static readonly byte[] AxfrQuery = new Query(Zone + ".", RecordType.Axfr, 0, false, false, true).Build(7);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_lets_a_signed_transfer_end_whole_and_refuses_new_connections(string signal)
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        using HeldRelay relay = new(server.EndPoint, 100_000);
        Task<ToolResult> dig = Tool.RunAsync(
            "dig", "@127.0.0.1", "-p", $"{relay.Port}", "-y", Key.ForDig, Zone, "AXFR", "+noall", "+answer", "+onesoa", "+time=60", "+tries=1");
        await relay.Held;
        if (signal == "TERM")
            server.Process.Terminate();
        else
            server.Process.Interrupt();
        await server.Process.WaitForLineAsync("shutting down");
        await WaitUntilRefusedAsync(server);
        Assert.False(server.Process.HasExited);

        relay.Release();
        ToolResult transfer = await dig;
        Assert.Equal(0, transfer.ExitCode);
        Assert.DoesNotContain("Couldn't verify", transfer.Output + transfer.Errors, StringComparison.Ordinal);
        ZoneText.AssertSame(
            await ZoneText.CanonicalAsync(Zone, folder[Zone]), await ZoneText.CanonicalOfAsync(Zone, transfer.Output, folder));
        Assert.Equal(0, await server.Process.WaitForExitAsync());
        Assert.EndsWith("exiting", server.Process.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_ends_clients_that_stall_or_hardly_read()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        using StreamClient stalled = await BeginTransferAsync(server);
        using StreamClient trickling = await BeginTransferAsync(server);
        Task<long> received = ReadSlowlyAsync(trickling.Socket);

        server.Process.Terminate();
        Assert.Equal(0, await server.Process.WaitForExitAsync(WellAfterTheDeadline));
        Assert.InRange(await received, 1, ZoneBytes - 1);
        Assert.InRange(await ReadSlowlyAsync(stalled.Socket), 0, ZoneBytes - 1);
    }

    [Fact]
    public async Task A_second_signal_ends_the_process_at_once()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        using StreamClient stalled = await BeginTransferAsync(server);
        server.Process.Terminate();
        await server.Process.WaitForLineAsync("shutting down");
        server.Process.Terminate();
        Assert.Equal(ExitCodeOfTerm, await server.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task Idle_connections_do_not_hold_up_the_end()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        using StreamClient silent = await StreamClient.ConnectAsync(server.EndPoint);
        using StreamClient halfAMessage = await StreamClient.ConnectAsync(server.EndPoint);
        await halfAMessage.SendAsync([0, 50, 1, 2, 3]);
        using StreamClient used = await StreamClient.ConnectAsync(server.EndPoint);
        Assert.NotNull(await used.AskAsync(new Query(Zone + ".", RecordType.Soa, 0, false, false, true).Build(1)));

        server.Process.Terminate();
        Assert.Null(await silent.ReceiveAsync());
        Assert.Null(await halfAMessage.ReceiveAsync());
        Assert.Null(await used.ReceiveAsync());
        Assert.Equal(0, await server.Process.WaitForExitAsync());
    }

    private static Task<ServerUnderTest> StartAsync(TempFolder folder)
    {
        string text = string.Join(' ', Enumerable.Repeat('"' + new string('x', 249) + '"', 16));
        folder.Write(Zone, "$TTL 300\n@ IN SOA ns1 hostmaster 1 3600 600 604800 60\n@ IN NS ns1\nns1 IN A 127.0.0.1\n"
            + string.Concat(Enumerable.Range(0, Names).Select(i => $"t{i} IN TXT {text}\n")));
        return ServerUnderTest.StartAsync(
            folder, new NamedConf().Key(Key).Primary(Zone, Zone, "allow-transfer { any; };"));
    }

    private static async Task<StreamClient> BeginTransferAsync(ServerUnderTest server)
    {
        StreamClient client = await StreamClient.ConnectAsync(server.EndPoint, receiveBufferBytes: 4_096);
        await client.SendAsync(StreamClient.Frame(AxfrQuery));
        Assert.NotNull(await client.ReceiveAsync());
        return client;
    }

    /// <summary>Takes some octets ten times a second, to the end of the connection, and returns how many there were.</summary>
    private static async Task<long> ReadSlowlyAsync(Socket socket)
    {
        byte[] buffer = new byte[8_192];
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        long received = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and int count)
            {
                received += count;
                await pace.WaitForNextTickAsync();
            }
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return received;
        }

        return received;
    }

    private static async Task WaitUntilRefusedAsync(ServerUnderTest server)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.ConnectionReset)
            {
                // The connection was in the listener's queue when the listener closed.
            }

            await pace.WaitForNextTickAsync(late.Token);
        }
    }
}
