using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Validation;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Robustness;

/// <summary>Requests that began as good ones, each with an ID of its own as long as it is long enough to have one.</summary>
internal sealed class MutatedRequests
{
    /// <summary>IDs from here on are for the good questions between.</summary>
    public const ushort FirstGoodId = 0xF000;

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.Soa, RecordType.Txt, RecordType.Any, RecordType.Axfr, RecordType.Ds, RecordType.Ixfr];

    private readonly Mutator _mutator;
    private readonly bool[] _sent = new bool[65_536];
    private int _next;

    /// <param name="key">Signs a part of the requests; the server knows it.</param>
    /// <param name="clock">When they are signed.</param>
    /// <param name="seed">The same seed gives the same requests.</param>
    public MutatedRequests(TestKey key, TimeProvider clock, int seed)
    {
        Assert.True(TsigSecret.TryFromBase64(key.Secret, out TsigSecret secret));
        TsigKey tsig = new(DomainName.Parse(key.Name + "."), TsigAlgorithm.HmacSha256, secret);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        byte[][] plain =
        [
            .. from zone in ValidatedZones.Parents
               from owner in (string[])["", "www.", "a.x.wild.", "x.dn.", "chain.", "n.child.", "n.plain.", "gone.", "big."]
               from type in Types
               from payload in (int[])[0, 4_096]
               select new Query($"{owner}{zone}.", type, payload, true, false, false).Build(0),
        ];
        byte[][] signed = [.. plain.Where((_, index) => index % 3 == 0).Select(query => Sign(query, tsig, now))];
        _mutator = new Mutator([.. Seeds.Hex("messages"), .. plain, .. signed], seed);
    }

    /// <summary>The next request.</summary>
    public byte[] Next()
    {
        byte[] request = _mutator.Next().ToArray();
        if (request.Length < 2)
            return request;
        _next = (_next + 1) % FirstGoodId;
        BinaryPrimitives.WriteUInt16BigEndian(request, (ushort)_next);
        _sent[_next] = true;
        return request;
    }

    /// <summary>Notes the ID of a good question.</summary>
    public void NoteGood(ushort id) => _sent[id] = true;

    /// <summary>Fails unless a reply can be read to its end, is a response, and has the ID of something sent.</summary>
    public void Check(byte[] reply)
    {
        try
        {
            _ = Reply.Read(reply);
            Assert.True((reply[2] & 0x80) != 0, "the reply is not a response");
            Assert.True(_sent[BinaryPrimitives.ReadUInt16BigEndian(reply)], "the reply has an ID that nobody sent");
        }
        catch (Exception failure)
        {
            Assert.Fail($"{failure.Message} in {Convert.ToHexString(reply)}");
        }
    }

    private static byte[] Sign(byte[] query, TsigKey key, long now)
    {
        byte[] buffer = new byte[512];
        query.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignRequest(buffer, query.Length, key, now, out int length, out _));
        return buffer[..length];
    }
}
