using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Answers;

/// <summary>
/// What answers cost in calls of the system, counted and not timed: queries that wait together are taken with one call and answered with
/// one. The server is stopped while they are sent, so that they do wait.
/// </summary>
public sealed partial class SystemCallBudgetTests
{
    private const int Burst = 64;
    private const int WarmBursts = 10;
    private const int Bursts = 50;
    private const int HeaderBytes = 12;
    private const double CallsPerQuery = 0.15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Queries_that_wait_together_share_their_calls()
    {
        using TempFolder folder = new();
        string trace = folder["trace"];
        folder.Write("example.db", "$TTL 300\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.80\n");
        NamedConf conf = new NamedConf().Primary("example", "example.db");
        Dictionary<string, int> before, after;
        await using (ServerUnderTest server = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, under:
            ["strace", "-f", "-o", trace, "-e", "trace=recvmmsg,sendmmsg,recvfrom,recvmsg,sendto,sendmsg,write,epoll_wait,poll,futex"]))
        {
            string traced = File.ReadAllText($"/proc/{server.Process.Id}/task/{server.Process.Id}/children");
            int process = int.Parse(traced, CultureInfo.InvariantCulture);
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveTimeout = (int)Patience.TotalMilliseconds,
            };
            client.Connect(server.EndPoint);
            for (int i = 0; i < WarmBursts; i++)
                Ask(client, process);
            before = Calls(trace);
            for (int i = 0; i < Bursts; i++)
                Ask(client, process);
            after = Calls(trace);
        }

        int queries = Burst * Bursts;
        Dictionary<string, int> spent = after.ToDictionary(
            static call => call.Key, call => call.Value - before.GetValueOrDefault(call.Key), StringComparer.Ordinal);
        string all = string.Join(", ", spent.Where(static call => call.Value > 0).Select(static call => $"{call.Key} {call.Value}"));
        Assert.True(spent.GetValueOrDefault("recvmmsg") >= Bursts, $"the trace is not of what serves: {all}");
        int network = spent.Where(static call => call.Key is not "futex" and not "write").Sum(static call => call.Value);
        Assert.True(network <= CallsPerQuery * queries, $"{network} network calls for {queries} queries: {all}");
        Evidence.Add("system calls of UDP answers", $"{queries} queries that waited in bursts of {Burst}: {all}");
    }

    private static void Ask(Socket client, int process)
    {
        byte[] query = Query();
        UnixSignal.Stop.SendTo(process);
        for (ushort id = 0; id < Burst; id++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(query, id);
            client.Send(query);
        }

        UnixSignal.Continue.SendTo(process);
        byte[] answer = new byte[512];
        for (int i = 0; i < Burst; i++)
        {
            Assert.True(client.Receive(answer) > HeaderBytes);
            Assert.Equal(0, answer[3] & 0x0F);
        }
    }

    private static byte[] Query()
    {
        byte[] query = new byte[HeaderBytes + 13 + 4];
        query[5] = 1;
        "\u0003www\u0007example\0"u8.CopyTo(query.AsSpan(HeaderBytes));
        query[^3] = 1;
        query[^1] = 1;
        return query;
    }

    // A call that was interrupted by another thread's has a second line, which says "resumed" where the first has the name.
    private static Dictionary<string, int> Calls(string trace) => File.ReadLines(trace)
        .Select(static line => CallPattern().Match(line))
        .Where(static match => match.Success)
        .GroupBy(static match => match.Groups[1].Value)
        .ToDictionary(static calls => calls.Key, static calls => calls.Count(), StringComparer.Ordinal);

    [GeneratedRegex(@"^\d+ +([a-z_0-9]+)\(")]
    private static partial Regex CallPattern();
}
