using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Responses of several messages (RFC 8945 §5.3.1).</summary>
public sealed class TsigStreamTests
{
    [Fact, Rfc(8945, "5.3.1")]
    public void Every_message_of_a_stream_is_signed_and_verifies()
    {
        (TsigContext client, byte[][] stream) = MakeStream(5);
        TsigStreamVerifier verifier = new(in client);
        foreach (byte[] message in stream)
        {
            Assert.Equal(1, MessageHeader.Count(message, 3));
            Assert.Equal(TsigReplyOutcome.Verified, verifier.Accept(message, TsigBench.Now).Outcome);
            Assert.True(verifier.IsCovered);
        }
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void First_message_is_signed_as_a_single_answer_is()
    {
        (TsigContext client, byte[][] stream) = MakeStream(2);
        Assert.True(TsigVerifier.VerifyResponse(stream[0], in client, TsigBench.Now).IsVerified);
        Assert.Equal(
            TsigReplyOutcome.BadSignature, TsigVerifier.VerifyResponse(stream[1], in client, TsigBench.Now).Outcome);
    }

    [Theory, Rfc(8945, "5.3.1")]
    [InlineData("hmac-md5")]
    [InlineData("hmac-sha256")]
    [InlineData("hmac-sha256-128")]
    [InlineData("hmac-sha384-192")]
    public void Prior_MAC_is_the_one_sent_even_when_truncated(string algorithmText)
    {
        Assert.True(TsigAlgorithm.TryParse(algorithmText, out TsigAlgorithm algorithm, out int bits));
        (TsigContext client, byte[][] stream) = MakeStream(3, TsigBench.Key(algorithm, bits));
        TsigStreamVerifier verifier = new(in client);
        Assert.All(stream, message => Assert.True(verifier.Accept(message, TsigBench.Now).IsVerified));
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Message_made_of_pieces_is_signed_as_the_whole()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        TsigStreamSigner whole = new(in server);
        TsigStreamSigner pieces = new(in server);
        TsigStreamVerifier verifier = new(in client);
        for (int turn = 0; turn < 3; turn++)
        {
            byte[] body = Body((ushort)turn);
            byte[] buffer = new byte[body.Length + whole.RecordBytes];
            body.CopyTo(buffer, 0);
            Assert.True(whole.TrySign(buffer, body.Length, TsigBench.Now, out int length));
            Assert.Equal(buffer.Length, length);

            pieces.Append(body.AsSpan(0, 12));
            pieces.Append(body.AsSpan(12, 5));
            pieces.Append(body.AsSpan(17));
            byte[] record = new byte[pieces.RecordBytes];
            Assert.Equal(record.Length, pieces.Finish(record, 0x1234, TsigBench.Now));
            Assert.Equal(buffer[body.Length..], record);
            Assert.True(verifier.Accept(buffer, TsigBench.Now).IsVerified);
        }
    }

    [Theory, Rfc(8945, "5.3.1")]
    [InlineData(99, TsigReplyOutcome.Verified)]
    [InlineData(100, TsigReplyOutcome.TooManyUnsigned)]
    public void Client_accepts_a_run_of_99_unsigned_messages(int run, TsigReplyOutcome outcome)
    {
        (TsigContext client, List<byte[]> stream) = MakeOldStream(run);
        TsigStreamVerifier verifier = new(in client);
        TsigReply last = default;
        foreach (byte[] message in stream)
            last = verifier.Accept(message, TsigBench.Now);
        Assert.Equal(outcome, last.Outcome);
        Assert.Equal(outcome == TsigReplyOutcome.Verified, verifier.IsCovered);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Unsigned_tail_leaves_the_stream_uncovered()
    {
        (TsigContext client, List<byte[]> stream) = MakeOldStream(3);
        TsigStreamVerifier verifier = new(in client);
        Assert.False(verifier.IsCovered);
        Assert.Equal(TsigReplyOutcome.Verified, verifier.Accept(stream[0], TsigBench.Now).Outcome);
        Assert.Equal(TsigReplyOutcome.Intermediate, verifier.Accept(stream[1], TsigBench.Now).Outcome);
        Assert.False(verifier.IsCovered);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Unsigned_first_message_fails()
    {
        (TsigContext client, List<byte[]> stream) = MakeOldStream(3);
        TsigStreamVerifier verifier = new(in client);
        Assert.Equal(TsigReplyOutcome.Unsigned, verifier.Accept(stream[1], TsigBench.Now).Outcome);
        Assert.Equal(TsigReplyOutcome.Unsigned, verifier.Accept(stream[0], TsigBench.Now).Outcome);
        Assert.False(verifier.IsCovered);
    }

    [Theory, Rfc(8945, "5.3.1")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Changed_unsigned_message_fails_at_the_next_signed_one(int victim)
    {
        (TsigContext client, List<byte[]> stream) = MakeOldStream(3);
        stream[victim][^1] ^= 1;
        TsigStreamVerifier verifier = new(in client);
        TsigReply last = default;
        foreach (byte[] message in stream)
            last = verifier.Accept(message, TsigBench.Now);
        Assert.Equal(TsigReplyOutcome.BadSignature, last.Outcome);
        Assert.False(verifier.IsCovered);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Left_out_swapped_or_repeated_message_fails()
    {
        (TsigContext client, byte[][] stream) = MakeStream(4);
        foreach (int[] order in (int[][])[[0, 2], [0, 2, 1], [0, 1, 1], [1]])
        {
            TsigStreamVerifier verifier = new(in client);
            TsigReply last = default;
            foreach (int index in order)
                last = verifier.Accept(stream[index], TsigBench.Now);
            Assert.Equal(TsigReplyOutcome.BadSignature, last.Outcome);
        }
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Time_of_every_signed_message_is_checked()
    {
        (TsigContext client, byte[][] stream) = MakeStream(2);
        TsigStreamVerifier verifier = new(in client);
        Assert.True(verifier.Accept(stream[0], TsigBench.Now).IsVerified);
        Assert.Equal(TsigReplyOutcome.BadTime, verifier.Accept(stream[1], TsigBench.Now + 301).Outcome);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Time_signed_does_not_decrease_when_the_clock_is_set_back()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out _), key, out TsigContext server);
        TsigStreamSigner signer = new(in server);
        byte[] first = Sign(signer, Body(0), TsigBench.Now);
        byte[] second = Sign(signer, Body(1), TsigBench.Now - 50);
        Assert.Equal(TsigBench.Record(first).TimeSignedUnixSeconds, TsigBench.Record(second).TimeSignedUnixSeconds);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Error_reply_instead_of_a_stream_is_recognised()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out TsigContext client);
        TsigBench.Verify(request, TsigBench.Key(name: "else"), out TsigContext server);
        TsigStreamVerifier verifier = new(in client);
        Assert.Equal(TsigReplyOutcome.PeerSaysBadKey, verifier.Accept(TsigBench.Answer(in server), TsigBench.Now).Outcome);
    }

    [Fact]
    public void Stream_signer_leaves_a_full_buffer_alone()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out _), key, out TsigContext server);
        byte[] body = Body(0);
        Assert.False(new TsigStreamSigner(in server).TrySign(body, body.Length, TsigBench.Now, out int length));
        Assert.Equal(body.Length, length);
    }

    [Fact]
    public void Stream_signing_allocates_nothing_per_message()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out _), key, out TsigContext server);
        TsigStreamSigner signer = new(in server);
        byte[] buffer = new byte[65_535];
        int bodyBytes = buffer.Length - signer.RecordBytes;
        bool isRight = Work(20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        isRight &= Work(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(isRight);

        bool Work(int rounds)
        {
            bool isSigned = true;
            for (int round = 0; round < rounds; round++)
                isSigned &= signer.TrySign(buffer, bodyBytes, TsigBench.Now, out _);
            return isSigned;
        }
    }

    /// <summary>One body of a stream: a response with a text record that tells its number.</summary>
    internal static byte[] Body(ushort number)
    {
        byte[] body = [.. TsigBench.Response(), 0, 0, 16, 0, 1, 0, 0, 0, 60, 0, 3, 2, (byte)(number >> 8), (byte)number];
        MessageHeader.SetCount(body, 1, 1);
        MessageHeader.SetId(body, 0x1234);
        return body;
    }

    internal static byte[] Sign(TsigStreamSigner signer, byte[] body, long now)
    {
        byte[] buffer = new byte[body.Length + signer.RecordBytes];
        body.CopyTo(buffer, 0);
        Assert.True(signer.TrySign(buffer, body.Length, now, out int length));
        return buffer[..length];
    }

    private static (TsigContext Client, byte[][] Stream) MakeStream(int count, TsigKey? given = null)
    {
        TsigKey key = given ?? TsigBench.Key();
        Assert.Equal(
            TsigOutcome.Verified, TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server));
        TsigStreamSigner signer = new(in server);
        return (client, [.. Enumerable.Range(0, count).Select(number => Sign(signer, Body((ushort)number), TsigBench.Now))]);
    }

    /// <summary>A stream as servers of RFC 2845 sent it: one signed, <paramref name="run"/> unsigned, one signed.</summary>
    private static (TsigContext Client, List<byte[]> Stream) MakeOldStream(int run)
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        TsigStreamSigner signer = new(in server);
        List<byte[]> stream = [Sign(signer, Body(0), TsigBench.Now)];
        for (int number = 1; number <= run; number++)
        {
            byte[] body = Body((ushort)number);
            signer.Append(body);
            stream.Add(body);
        }

        byte[] last = Body((ushort)(run + 1));
        signer.Append(last);
        byte[] record = new byte[signer.RecordBytes];
        signer.Finish(record, 0x1234, TsigBench.Now);
        MessageHeader.SetCount(last, 3, 1);
        stream.Add([.. last, .. record]);
        return (client, stream);
    }
}
