using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>RFC 8945 §5.4 as a client lives it.</summary>
public sealed class TsigClientTests
{
    [Fact, Rfc(8945, "5.1")]
    public void Request_carries_one_TSIG_as_its_last_record()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigRecord record = TsigBench.Record(request);
        Assert.Equal(1, MessageHeader.Count(request, 3));
        Assert.Equal(request.Length, record.End);
        Assert.Equal(0x1234, record.OriginalId);
        Assert.Equal(300, record.FudgeSeconds);
        Assert.Equal(record.Mac.ToArray(), client.RequestMac.ToArray());
    }

    [Fact]
    public void Request_is_left_alone_when_the_room_is_missing()
    {
        byte[] request = TsigBench.Query();
        byte[] before = (byte[])request.Clone();
        Assert.False(TsigSigner.SignRequest(request, request.Length, TsigBench.Key(), TsigBench.Now, out int length, out _));
        Assert.Equal(request.Length, length);
        Assert.Equal(before, request);
    }

    [Fact, Rfc(8945, "5.4")]
    public void Unsigned_answer_to_a_signed_request_is_not_an_answer()
    {
        TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigReply reply = TsigVerifier.VerifyResponse(TsigBench.Response(), in client, TsigBench.Now);
        Assert.Equal(TsigReplyOutcome.Unsigned, reply.Outcome);
        Assert.False(reply.IsPeerError);
    }

    [Fact, Rfc(8945, "5.4")]
    public void Unsigned_BADKEY_error_is_recognised()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigBench.Verify(request, TsigBench.Key(name: "else"), out TsigContext server);
        TsigReply reply = TsigVerifier.VerifyResponse(TsigBench.Answer(in server), in client, TsigBench.Now);
        Assert.Equal(TsigReplyOutcome.PeerSaysBadKey, reply.Outcome);
        Assert.True(reply.IsPeerError);
    }

    [Fact, Rfc(8945, "5.4.2")]
    public void Unsigned_BADSIG_error_is_recognised()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigBench.Verify(request, TsigBench.Key(secret: new TsigSecret([1])), out TsigContext server);
        TsigReply reply = TsigVerifier.VerifyResponse(TsigBench.Answer(in server), in client, TsigBench.Now);
        Assert.Equal(TsigReplyOutcome.PeerSaysBadSig, reply.Outcome);
    }

    [Fact, Rfc(8945, "5.4")]
    public void Unsigned_error_form_counts_with_NOTAUTH_only()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigBench.Verify(request, TsigBench.Key(name: "else"), out TsigContext server);
        byte[] answer = TsigBench.Answer(in server, TsigBench.Response(Rcode.NoError));
        Assert.Equal(TsigReplyOutcome.Unsigned, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.4.3")]
    public void BADTIME_reply_is_verified_and_tells_the_time_of_the_server()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out TsigContext client);
        TsigBench.Verify(request, key, out TsigContext server, TsigBench.Now + 5000);
        byte[] answer = TsigBench.Answer(in server, now: TsigBench.Now + 5000);
        TsigReply reply = TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now);
        Assert.Equal(TsigReplyOutcome.PeerSaysBadTime, reply.Outcome);
        Assert.Equal(TsigBench.Now + 5000, reply.PeerTimeUnixSeconds);
        Assert.Equal(-5000, reply.SkewSeconds);
    }

    [Fact, Rfc(8945, "5.4.3")]
    public void Forged_BADTIME_reply_is_refused()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out TsigContext client);
        TsigBench.Verify(request, key, out TsigContext server, TsigBench.Now + 5000);
        byte[] answer = TsigBench.Answer(in server, now: TsigBench.Now + 5000);
        answer[^1] ^= 1;
        Assert.Equal(TsigReplyOutcome.BadSignature, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);

        byte[] unsigned = TsigBench.Rebuild(
            answer, TsigAlgorithm.HmacSha256.WireName.ToArray(), [], 0x1234, Rcode.BadTime, new byte[6]);
        Assert.Equal(TsigReplyOutcome.Unsigned, TsigVerifier.VerifyResponse(unsigned, in client, TsigBench.Now).Outcome);
    }

    [Theory, Rfc(8945, "5.4")]
    [InlineData(300, TsigReplyOutcome.Verified)]
    [InlineData(301, TsigReplyOutcome.BadTime)]
    [InlineData(-300, TsigReplyOutcome.Verified)]
    [InlineData(-301, TsigReplyOutcome.BadTime)]
    public void Time_of_the_answer_is_checked(int skew, TsigReplyOutcome outcome)
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(outcome, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now + skew).Outcome);
    }

    [Fact, Rfc(8945, "5.4.1")]
    public void Answer_signed_with_another_key_is_refused()
    {
        TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigKey other = TsigBench.Key(name: "other");
        TsigBench.Verify(TsigBench.SignRequest(other, out _), other, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(TsigReplyOutcome.WrongKey, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.4")]
    public void Answer_with_another_algorithm_is_refused()
    {
        TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigKey other = TsigBench.Key(TsigAlgorithm.HmacSha512);
        TsigBench.Verify(TsigBench.SignRequest(other, out _), other, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(TsigReplyOutcome.WrongKey, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.4.4")]
    public void Answer_with_a_shorter_MAC_than_policy_asks_for_is_refused()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        byte[] answer = TsigBench.ResizeMac(TsigBench.Answer(in server), 31);
        Assert.Equal(TsigReplyOutcome.BelowMinimum, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.4")]
    public void Answer_whose_ID_a_forwarder_changed_verifies()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        MessageHeader.SetId(answer, 0x4321);
        Assert.True(TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).IsVerified);
    }

    [Fact]
    public void Context_of_an_unsigned_request_cannot_check_an_answer()
    {
        TsigContext nothing = default;
        Assert.Throws<ArgumentException>(() => TsigVerifier.VerifyResponse(TsigBench.Response(), in nothing, TsigBench.Now));
        Assert.Throws<ArgumentException>(() => new TsigStreamVerifier(in nothing));
        Assert.Throws<ArgumentException>(() => new TsigStreamSigner(in nothing));
    }

    [Fact]
    public void Both_generations_of_a_name_verify_and_the_reply_uses_the_one_that_did()
    {
        TsigKey old = TsigBench.Key();
        TsigKey fresh = TsigBench.Key(secret: TsigSecret.CreateRandom(TsigAlgorithm.HmacSha256));
        TsigKeyRing ring = new([fresh, old]);
        foreach (TsigKey key in (TsigKey[])[old, fresh])
        {
            byte[] request = TsigBench.SignRequest(key, out TsigContext client);
            Assert.Equal(TsigOutcome.Verified, TsigVerifier.VerifyRequest(request, TsigBench.Now, ring, out TsigContext server));
            Assert.Same(key, server.Key);
            Assert.True(TsigVerifier.VerifyResponse(TsigBench.Answer(in server), in client, TsigBench.Now).IsVerified);
        }

        byte[] foreign = TsigBench.SignRequest(TsigBench.Key(secret: new TsigSecret([7])), out _);
        Assert.Equal(TsigOutcome.BadSig, TsigVerifier.VerifyRequest(foreign, TsigBench.Now, ring, out _));
    }

    [Fact]
    public void Generations_of_a_name_may_differ_in_algorithm()
    {
        TsigKey old = TsigBench.Key(TsigAlgorithm.HmacMd5);
        TsigKeyRing ring = new([TsigBench.Key(), old]);
        byte[] request = TsigBench.SignRequest(old, out _);
        Assert.Equal(TsigOutcome.Verified, TsigVerifier.VerifyRequest(request, TsigBench.Now, ring, out TsigContext server));
        Assert.Same(old, server.Key);
    }

    [Fact]
    public void Ring_finds_every_key_and_no_other()
    {
        TsigKey[] keys = [.. Enumerable.Range(0, 100).Select(number => TsigBench.Key(name: $"Key-{number}.example"))];
        TsigKeyRing ring = new(keys);
        Assert.Equal(100, ring.Count);
        Assert.All(keys, key =>
        {
            Assert.True(ring.TryFind(DomainName.Parse(key.Name.ToString().ToUpperInvariant()).Wire, 0, out TsigKey? found));
            Assert.Same(key, found);
            Assert.False(ring.TryFind(key.Name.Wire, 1, out _));
        });
        Assert.False(ring.TryFind(DomainName.Parse("key-100.example").Wire, 0, out _));
        Assert.False(default(TsigKeyRing).TryFind(keys[0].Name.Wire, 0, out _));
    }

    [Fact]
    public void Ring_refuses_a_third_key_of_one_name() =>
        Assert.Throws<ArgumentException>(() => new TsigKeyRing([TsigBench.Key(), TsigBench.Key(), TsigBench.Key()]));
}
