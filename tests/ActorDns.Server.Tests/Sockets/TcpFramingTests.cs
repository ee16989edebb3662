using System.Globalization;
using ActorDns.Server.Sockets;
using static ActorDns.Server.Tests.Sockets.TcpTestClient;

namespace ActorDns.Server.Tests.Sockets;

public sealed class TcpFramingTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_message_is_answered_on_its_connection_and_both_ends_are_known(string address)
    {
        TaskCompletionSource<StreamRequest> seen = new();
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            (request, ct) =>
            {
                seen.SetResult(request);
                return request.SendAsync(request.Message, ct);
            },
            TcpFixture.Options with { Endpoint = UdpFixture.At(address) });
        TcpTestClient client = tcp.Connect();
        Assert.Equal("hello", client.Exchange("hello"));
        StreamRequest request = await TcpFixture.Guard(seen.Task);
        Assert.Equal(client.Socket.LocalEndPoint, UdpFixture.Framework(request.Source));
        Assert.Equal(tcp.Socket.Local, request.Local);
    }

    [Fact, Rfc(7766, "8")]
    public async Task A_message_that_arrives_octet_by_octet_is_put_together()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        foreach (byte octet in Framed("in pieces"))
            client.Write([octet]);
        Assert.Equal("in pieces", client.Receive());
    }

    [Fact, Rfc(7766, "6.2.1.1")]
    public async Task A_hundred_pipelined_requests_in_one_write_are_all_answered()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        string[] texts =
            [.. Enumerable.Range(0, 100).Select(static i => "query " + i.ToString(CultureInfo.InvariantCulture))];
        client.Write([.. texts.SelectMany(Framed)]);
        Assert.Equal(texts, texts.Select(_ => client.Receive()));
    }

    [Fact, Rfc(7766, "8")]
    public async Task Length_and_message_leave_in_one_write()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        client.Send("together");
        byte[] received = new byte[512];
        Assert.Equal(14, client.Socket.Receive(received));
    }

    [Fact]
    public async Task The_longest_message_passes_both_ways()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        byte[] message = new byte[65_535];
        new Random(7).NextBytes(message);
        client.Write(Framed(message));
        Assert.Equal(message, client.ReceiveMessage());
    }

    [Theory]
    [InlineData(11)]
    [InlineData(65_536)]
    public async Task A_reply_that_cannot_be_framed_is_a_fault_of_the_handler(int length)
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync((request, ct) => request.SendAsync(new byte[length], ct));
        Assert.Null(tcp.Connect().Exchange("hello"));
        Assert.Equal(1, tcp.Table.Counts.HandlerFaults);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task A_length_that_no_message_can_have_closes_the_connection_after_earlier_answers(int length)
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        client.Write([.. Framed("good"), 0, (byte)length]);
        Assert.Equal("good", client.Receive());
        Assert.Null(client.Receive());
        Assert.Equal(1, tcp.Table.Counts.Malformed);
    }

    [Fact]
    public async Task Several_framed_messages_may_be_sent_in_one_go()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            static (request, ct) => request.SendFramedAsync(Framed("one").Concat(Framed("two")).ToArray(), ct));
        TcpTestClient client = tcp.Connect();
        client.Send("go");
        Assert.Equal(("one", "two"), (client.Receive(), client.Receive()));
    }

    [Fact]
    public async Task Writers_on_one_connection_never_mix_their_messages()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(static async (request, ct) =>
        {
            await Task.Yield();
            for (int i = 0; i < 20; i++)
            {
                byte[] message = new byte[20_000];
                message.AsSpan().Fill(request.Message.Span[0]);
                await request.SendAsync(message, ct);
            }
        });
        TcpTestClient client = tcp.Connect();
        client.Send("a", "b", "c", "d");
        for (int i = 0; i < 80; i++)
        {
            byte[]? message = client.ReceiveMessage();
            Assert.NotNull(message);
            Assert.Equal(20_000, message.Length);
            Assert.Equal(-1, message.AsSpan().IndexOfAnyExcept(message[0]));
        }
    }
}
