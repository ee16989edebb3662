using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Tests.Pipeline;

namespace ActorDns.Fuzz.Tests;

/// <summary>Mutated requests through the whole pipeline: replies parse, belong to their requests, and cost bounded memory.</summary>
public sealed class PipelineFuzzTests
{
    private const int Seed = 20_260_103;
    private const int MaxReplyBytes = 4096;
    private const long MaxAllocatedBytesPerPacket = 2048;

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.Soa, RecordType.Txt, RecordType.Any, RecordType.Axfr, RecordType.Ds];

    [Fact]
    public void Every_reply_parses_and_belongs_to_its_request()
    {
        using TestServer server = Server();
        Mutator mutator = new(Requests(server), Seed);
        int replies = 0;
        for (int i = 0; i < FuzzSize.Pipeline; i++)
        {
            ReadOnlySpan<byte> request = mutator.Next();
            try
            {
                byte[] reply = server.Send(request);
                if (reply.Length == 0)
                    continue;
                replies++;
                Check(request, reply);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {Seed}, packet {i}, {Convert.ToHexString(request)}: {error}");
            }
        }

        Assert.InRange(replies, FuzzSize.Pipeline / 4, FuzzSize.Pipeline);
        Evidence.Add("fuzz: whole pipeline", $"{FuzzSize.Pipeline} packets, {replies} replies, all parsed");
    }

    [Fact]
    public void Nothing_that_is_itself_a_response_is_answered()
    {
        using TestServer server = Server();
        Mutator mutator = new(Requests(server), Seed + 1);
        for (int i = 0; i < FuzzSize.Parser; i++)
        {
            byte[] packet = mutator.Next().ToArray();
            if (packet.Length < MessageHeader.Bytes)
                continue;
            packet[2] |= 0x80;
            byte[] reply = server.Send(packet);
            Assert.True(reply.Length == 0, $"seed {Seed + 1}, packet {i}, {Convert.ToHexString(packet)}");
        }
    }

    [Fact]
    public void Memory_for_a_packet_is_bounded()
    {
        using TestServer server = Server();
        Mutator mutator = new(Requests(server), Seed + 2);
        for (int i = 0; i < 1000; i++)
            server.Send(mutator.Next());
        const int Packets = 2000;
        long harness = Packets * 4096L * 2; // The buffers of TestServer.Send itself: one of 4,096 octets and the copy of the reply.
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Packets; i++)
            server.Send(mutator.Next());
        long spent = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(spent, 0, harness + (Packets * MaxAllocatedBytesPerPacket));
    }

    private static void Check(ReadOnlySpan<byte> request, byte[] reply)
    {
        Assert.InRange(reply.Length, MessageHeader.Bytes, MaxReplyBytes);
        Assert.Equal(request[..2].ToArray(), reply[..2]);
        Assert.NotEqual(0, reply[2] & 0x80);
        _ = new Reply(reply);
    }

    [Fact]
    public void Unchanged_questions_to_the_signed_zone_reach_its_proofs()
    {
        using TestServer server = Server();
        QueryOptions wantsDnssec = new() { Edns = true, DnssecOk = true, PayloadBytes = 4096 };
        Reply reply = server.Ask("nothing.nsec3.test.", RecordType.A, wantsDnssec);
        Assert.Equal(Rcode.NxDomain, reply.Rcode);
        Assert.Contains(reply.Authority, line => line.Contains(" NSEC3 1 1 0 ", StringComparison.Ordinal));
    }

    /// <summary>An unsigned zone with a little of everything, and one signed with NSEC3 and opt-out.</summary>
    private static TestServer Server() => new(
        TestZones.Serve("example.", Text("example.zone")), TestZones.Serve("nsec3.test.", Text("nsec3.zone")));

    private static string Text(string name) => System.Text.Encoding.ASCII.GetString(Seeds.Text(name)[0]);

    private static byte[][] Requests(TestServer server) =>
    [
        .. Seeds.Hex("messages"),
        .. from name in (string[])["example.", "www.example.", "a.wild.example.", "x.dname.example.", "alias.example.", "n.sub.example.", "none."]
           from type in Types
           from options in (QueryOptions[])
           [
               new(),
               new() { Edns = true, DnssecOk = true, Nsid = true, Cookie = new byte[8] },
               new() { Edns = true, Key = TestServer.Key },
               new() { Opcode = Opcode.Notify },
               new() { Opcode = Opcode.Update },
           ]
           select server.Query(name, type, options),
        .. from owner in (string[])
           [
               "", "www.", "nothing.", "a.wild.", "x.a.wild.", "ent.", "b.ent.", "x.dname.", "alias.", "n.sub.", "x.signed.", "signed.",
               "x.insecure.", "y.insecure.",
           ]
           from type in Types
           from options in (QueryOptions[])
           [
               new() { Edns = true, DnssecOk = true, PayloadBytes = 4096 },
               new() { Edns = true, DnssecOk = true, PayloadBytes = 512, Key = TestServer.Key },
           ]
           select server.Query(owner + "nsec3.test.", type, options),
    ];
}
