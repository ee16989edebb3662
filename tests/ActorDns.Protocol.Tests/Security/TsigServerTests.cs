using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>RFC 8945 §5.2 and §5.3 as a server lives them.</summary>
public sealed class TsigServerTests
{
    [Fact, Rfc(8945, "5.2")]
    public void Request_signed_with_the_key_verifies()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out _);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext context));
        Assert.Same(key, context.Key);
        Assert.Equal(Rcode.NoError, context.ResponseCode);
    }

    [Fact, Rfc(8945, "5.3")]
    public void Request_without_TSIG_is_answered_without_TSIG()
    {
        Assert.Equal(TsigOutcome.Unsigned, TsigBench.Verify(TsigBench.Query(), TsigBench.Key(), out TsigContext context));
        Assert.Equal(0, context.ResponseBytes);
        Assert.Equal(TsigBench.Response(), TsigBench.Answer(in context));
    }

    [Fact, Rfc(8945, "5.2.1")]
    public void Unknown_key_is_BADKEY_and_answered_unsigned_with_NOTAUTH()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(name: "Other.Example"), out _);
        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(request, TsigBench.Key(), out TsigContext context));
        Assert.Equal(TsigFailure.UnknownKey, context.Failure);
        AssertErrorReply(in context, Rcode.BadKey, macBytes: 0);
    }

    [Fact, Rfc(8945, "5.2.1")]
    public void BADKEY_reply_repeats_the_names_of_the_request()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(name: "Other.Example"), out _);
        TsigBench.Verify(request, TsigBench.Key(), out TsigContext context);
        TsigRecord record = TsigBench.Record(TsigBench.Answer(in context));
        Assert.Equal("Other.Example.", NameText.ToText(record.KeyName, keepFinalDot: true));
        Assert.Equal("hmac-sha256.", NameText.ToText(record.AlgorithmName, keepFinalDot: true));
    }

    [Fact, Rfc(8945, "5.2.1")]
    public void BADKEY_reply_holds_even_the_longest_names()
    {
        string label = new('x', 63);
        string longest = $"{label}.{label}.{label}.{new string('y', 61)}.";
        byte[] request = TsigBench.SignRequest(TsigBench.Key(name: longest), out _);
        byte[] changed = TsigBench.Rebuild(
            request, DomainName.Parse(longest).Wire.ToArray(), new byte[32], 0x1234, Rcode.NoError, []);
        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(changed, TsigBench.Key(), out TsigContext context));
        byte[] answer = TsigBench.Answer(in context);
        Assert.Equal(context.ResponseBytes, answer.Length - TsigBench.Response().Length);
        Assert.Equal(longest, NameText.ToText(TsigBench.Record(answer).KeyName, keepFinalDot: true));
    }

    [Fact, Rfc(8945, "5.2.1")]
    public void Known_key_with_another_algorithm_is_BADKEY()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(TsigAlgorithm.HmacSha512), out _);
        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(request, TsigBench.Key(), out TsigContext context));
        Assert.Equal(TsigFailure.AlgorithmMismatch, context.Failure);
        AssertErrorReply(in context, Rcode.BadKey, macBytes: 0);
    }

    [Fact, Rfc(8945, "5.2.1")]
    public void Algorithm_not_implemented_is_BADKEY()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] changed = TsigBench.Rebuild(
            request, DomainName.Parse("gss-tsig.").Wire.ToArray(), new byte[32], 0x1234, Rcode.NoError, []);
        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(changed, TsigBench.Key(), out TsigContext context));
        AssertErrorReply(in context, Rcode.BadKey, macBytes: 0);
    }

    [Fact, Rfc(8945, "5.2.2")]
    public void Wrong_secret_is_BADSIG_and_answered_unsigned_with_NOTAUTH()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(secret: new TsigSecret(new byte[32])), out _);
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(request, TsigBench.Key(), out TsigContext context));
        Assert.Equal(TsigFailure.WrongSignature, context.Failure);
        AssertErrorReply(in context, Rcode.BadSig, macBytes: 0);
    }

    [Theory, Rfc(8945, "5.2.3")]
    [InlineData(-301, TsigOutcome.BadTime, TsigFailure.InFuture)]
    [InlineData(-300, TsigOutcome.Verified, TsigFailure.None)]
    [InlineData(-299, TsigOutcome.Verified, TsigFailure.None)]
    [InlineData(299, TsigOutcome.Verified, TsigFailure.None)]
    [InlineData(300, TsigOutcome.Verified, TsigFailure.None)]
    [InlineData(301, TsigOutcome.BadTime, TsigFailure.Expired)]
    public void Time_check_passes_up_to_the_fudge(int skew, TsigOutcome outcome, TsigFailure failure)
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out _);
        Assert.Equal(outcome, TsigBench.Verify(request, key, out TsigContext context, TsigBench.Now + skew));
        Assert.Equal(failure, context.Failure);
        Assert.Equal(skew, context.SkewSeconds);
    }

    [Theory, Rfc(8945, "5.2.3")]
    [InlineData(10, TsigOutcome.Verified)]
    [InlineData(11, TsigOutcome.BadTime)]
    public void Fudge_is_the_one_in_the_message(int skew, TsigOutcome outcome)
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out _, fudge: 10);
        Assert.Equal(outcome, TsigBench.Verify(request, key, out _, TsigBench.Now + skew));
    }

    [Fact, Rfc(8945, "5.2.3")]
    public void BADTIME_reply_is_signed_and_carries_client_time_fudge_and_server_time()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out _, fudge: 77);
        Assert.Equal(TsigOutcome.BadTime, TsigBench.Verify(request, key, out TsigContext context, TsigBench.Now + 1000));
        byte[] answer = TsigBench.Answer(in context, now: TsigBench.Now + 1001);
        TsigRecord record = TsigBench.Record(answer);
        Assert.Equal(Rcode.BadTime, record.Error);
        Assert.Equal(TsigBench.Now, record.TimeSignedUnixSeconds);
        Assert.Equal(77, record.FudgeSeconds);
        Assert.Equal(32, record.Mac.Length);
        Assert.Equal(6, record.OtherData.Length);
        Assert.Equal(TsigBench.Now + 1001, BinaryPrimitives.ReadInt64BigEndian([0, 0, .. record.OtherData]));
        Assert.Equal(Rcode.NotAuth, context.ResponseCode);
        Assert.Equal(context.ResponseBytes, answer.Length - TsigBench.Response().Length);
    }

    [Fact, Rfc(8945, "5.2")]
    public void Checks_run_in_the_order_key_MAC_time_truncation()
    {
        TsigKey full = TsigBench.Key();
        TsigKey halved = TsigBench.Key(bits: 128);
        const long Late = TsigBench.Now + 9999;
        byte[] shortMac = TsigBench.SignRequest(halved, out _);
        byte[] wrongMac = (byte[])shortMac.Clone();
        wrongMac[TsigBench.MacOffset(wrongMac)] ^= 1;

        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(wrongMac, TsigBench.Key(name: "else"), out _, Late));
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(wrongMac, full, out _, Late));
        Assert.Equal(TsigOutcome.BadTime, TsigBench.Verify(shortMac, full, out _, Late));
        Assert.Equal(TsigOutcome.BadTrunc, TsigBench.Verify(shortMac, full, out _));
    }

    [Fact, Rfc(8945, "5.2.4")]
    public void MAC_below_policy_is_BADTRUNC_and_answered_signed_with_NOTAUTH()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(bits: 128), out TsigContext client);
        Assert.Equal(TsigOutcome.BadTrunc, TsigBench.Verify(request, TsigBench.Key(), out TsigContext context));
        Assert.Equal(TsigFailure.BelowMinimum, context.Failure);
        byte[] answer = TsigBench.Answer(in context);
        Assert.Equal(Rcode.BadTrunc, TsigBench.Record(answer).Error);
        Assert.Equal(Rcode.NotAuth.Value, MessageHeader.RcodeBits(answer));
        Assert.Equal(
            TsigReplyOutcome.PeerSaysBadTrunc, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Theory, Rfc(8945, "5.2.2.1")]
    [MemberData(nameof(TsigTruncationTests.Algorithms), MemberType = typeof(TsigTruncationTests))]
    public void MAC_of_every_size_is_judged_by_the_bounds(string algorithmText)
    {
        Assert.True(TsigAlgorithm.TryParse(algorithmText, out TsigAlgorithm algorithm, out _));
        TsigKey key = TsigBench.Key(algorithm, bits: 8);
        TsigKey signer = TsigBench.Key(algorithm);
        byte[] request = TsigBench.SignRequest(signer, out _);
        for (int size = 0; size <= algorithm.DigestBytes + 4; size++)
        {
            TsigOutcome expected = size < Math.Max(10, algorithm.DigestBytes / 2) || size > algorithm.DigestBytes
                ? TsigOutcome.FormErr
                : TsigOutcome.Verified;
            Assert.Equal(expected, TsigBench.Verify(TsigBench.ResizeMac(request, size), key, out TsigContext context));
            Assert.Equal(expected == TsigOutcome.FormErr ? Rcode.FormErr : Rcode.NoError, context.ResponseCode);
        }
    }

    [Fact, Rfc(8945, "5.2.2.1")]
    public void Forbidden_MAC_size_is_answered_FORMERR_without_TSIG()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.ResizeMac(TsigBench.SignRequest(key, out _), 9);
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(request, key, out TsigContext context));
        Assert.Equal(TsigFailure.ForbiddenMacSize, context.Failure);
        Assert.Equal(TsigBench.Response(Rcode.FormErr), TsigBench.Answer(in context));
    }

    [Fact, Rfc(8945, "5.3")]
    public void Response_is_signed_over_the_request_MAC_and_verifies()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out TsigContext client);
        TsigBench.Verify(request, key, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(1, MessageHeader.Count(answer, 3));
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);

        byte[] otherRequest = TsigBench.SignRequest(key, out TsigContext otherClient, TsigBench.Query(7));
        Assert.NotEmpty(otherRequest);
        Assert.Equal(
            TsigReplyOutcome.BadSignature, TsigVerifier.VerifyResponse(answer, in otherClient, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.3")]
    public void Room_for_the_TSIG_record_is_known_before_the_response_is_cut()
    {
        TsigKey key = TsigBench.Key();
        byte[] request = TsigBench.SignRequest(key, out TsigContext client);
        TsigBench.Verify(request, key, out TsigContext server);
        byte[] truncated = TsigBench.Response();
        MessageHeader.SetFlags(truncated, MessageHeader.Response | MessageHeader.Truncated);
        byte[] buffer = new byte[truncated.Length + server.ResponseBytes];
        truncated.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignResponse(buffer, truncated.Length, in server, TsigBench.Now, out int length));
        Assert.Equal(buffer.Length, length);
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(buffer, in client, TsigBench.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.2.2")]
    public void UPDATE_with_a_wrong_MAC_is_answered_NOTAUTH_with_a_TSIG_record()
    {
        byte[] update = TsigBench.Query();
        MessageHeader.SetFlags(update, 5 << 11);
        byte[] request = TsigBench.SignRequest(TsigBench.Key(secret: new TsigSecret([1])), out _, update);
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(request, TsigBench.Key(), out TsigContext context));
        Assert.Null(context.Key);
        AssertErrorReply(in context, Rcode.BadSig, macBytes: 0);
    }

    [Fact, Rfc(8945, "10")]
    public void Fudge_of_a_response_can_be_chosen()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        byte[] buffer = new byte[512];
        TsigBench.Response().CopyTo(buffer, 0);
        int length = TsigBench.Response().Length;
        Assert.True(TsigSigner.SignResponse(buffer, length, in server, TsigBench.Now, out length, fudgeSeconds: 60));
        Assert.Equal(60, TsigBench.Record(buffer[..length]).FudgeSeconds);
        Assert.True(TsigVerifier.VerifyResponse(buffer.AsSpan(0, length), in client, TsigBench.Now + 60).IsVerified);
        Assert.Equal(
            TsigReplyOutcome.BadTime,
            TsigVerifier.VerifyResponse(buffer.AsSpan(0, length), in client, TsigBench.Now + 61).Outcome);
    }

    [Fact]
    public void Response_is_left_alone_when_the_room_is_missing()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out _), key, out TsigContext server);
        byte[] response = TsigBench.Response();
        byte[] buffer = new byte[response.Length + server.ResponseBytes - 1];
        response.CopyTo(buffer, 0);
        byte[] before = (byte[])buffer.Clone();
        Assert.False(TsigSigner.SignResponse(buffer, response.Length, in server, TsigBench.Now, out int length));
        Assert.Equal(response.Length, length);
        Assert.Equal(before, buffer);
    }

    [Fact(Skip = "RFC 8945 §5.2.3 SHOULD: concurrent UDP requests of one key arrive in any order and would be refused")]
    [Rfc(8945, "5.2.3")]
    public void Request_with_an_earlier_time_than_the_latest_of_its_key_is_BADTIME()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out _), key, out _);
        byte[] earlier = TsigBench.SignRequest(key, out _, now: TsigBench.Now - 1);
        Assert.Equal(TsigOutcome.BadTime, TsigBench.Verify(earlier, key, out _));
    }

    private static void AssertErrorReply(in TsigContext context, Rcode error, int macBytes)
    {
        Assert.Equal(Rcode.NotAuth, context.ResponseCode);
        byte[] answer = TsigBench.Answer(in context);
        TsigRecord record = TsigBench.Record(answer);
        Assert.Equal(error, record.Error);
        Assert.Equal(macBytes, record.Mac.Length);
        Assert.Equal(0, record.OtherData.Length);
        Assert.Equal(context.ResponseBytes, answer.Length - TsigBench.Response().Length);
    }
}
