using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Where a TSIG record may stand, what its digest covers, and what malformed ones do.</summary>
public sealed class TsigStructureTests
{
    private static readonly byte[] AddressRecord = [0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];

    [Fact, Rfc(8945, "5.1")]
    public void Locator_finds_the_last_record_of_the_additional_section()
    {
        byte[] query = TsigBench.Query();
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        Assert.Equal(ParseError.None, TsigLocator.TryLocate(signed, out int offset));
        Assert.Equal(query.Length, offset);
        Assert.Equal(ParseError.None, TsigLocator.TryLocate(query, out offset));
        Assert.Equal(-1, offset);
    }

    [Fact, Rfc(8945, "5.1")]
    public void TSIG_stands_after_OPT_and_the_general_scan_finds_it_at_the_same_place()
    {
        byte[] query = [.. TsigBench.Query(), 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0];
        MessageHeader.SetCount(query, 3, 1);
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _, query);
        Assert.Equal(2, MessageHeader.Count(signed, 3));
        Assert.Equal(ParseError.None, TsigLocator.TryLocate(signed, out int offset));
        Assert.Equal(ParseError.None, MessageScan.TryScan(signed, out MessageLayout layout));
        Assert.Equal(query.Length, offset);
        Assert.Equal(layout.TsigOffset, offset);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(signed, TsigBench.Key(), out _));
    }

    [Theory, Rfc(8945, "5.2")]
    [InlineData(1)]
    [InlineData(2)]
    public void TSIG_in_an_earlier_section_is_FORMERR(int section)
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        MessageHeader.SetCount(signed, 3, 0);
        MessageHeader.SetCount(signed, section, 1);
        Assert.Equal(ParseError.MisplacedRecord, TsigLocator.TryLocate(signed, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(signed, TsigBench.Key(), out TsigContext context));
        Assert.Equal(Rcode.FormErr, context.ResponseCode);
    }

    [Fact, Rfc(8945, "5.2")]
    public void TSIG_before_another_record_is_FORMERR()
    {
        byte[] signed = [.. TsigBench.SignRequest(TsigBench.Key(), out _), .. AddressRecord];
        MessageHeader.SetCount(signed, 3, 2);
        Assert.Equal(ParseError.MisplacedRecord, TsigLocator.TryLocate(signed, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(signed, TsigBench.Key(), out _));
    }

    [Fact, Rfc(8945, "5.2")]
    public void Two_TSIG_records_are_FORMERR()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] doubled = [.. signed, .. signed.AsSpan(TsigBench.Query().Length)];
        MessageHeader.SetCount(doubled, 3, 2);
        Assert.Equal(ParseError.MisplacedRecord, TsigLocator.TryLocate(doubled, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(doubled, TsigBench.Key(), out _));
    }

    [Fact]
    public void Octets_after_the_TSIG_record_are_FORMERR()
    {
        byte[] signed = [.. TsigBench.SignRequest(TsigBench.Key(), out _), 0];
        Assert.Equal(ParseError.TrailingBytes, TsigLocator.TryLocate(signed, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(signed, TsigBench.Key(), out _));
    }

    [Theory, Rfc(8945, "4.2")]
    [InlineData(3)]
    [InlineData(7)]
    public void Class_other_than_ANY_or_TTL_other_than_zero_is_FORMERR(int offsetInRecord)
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        TsigRecord record = TsigBench.Record(signed);
        signed[record.Offset + record.KeyName.Length + offsetInRecord] ^= 1;
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(signed, TsigBench.Key(), out _));
    }

    [Fact, Rfc(8945, "5.2")]
    public void Outcome_at_a_known_offset_is_the_same()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        int offset = TsigBench.Query().Length;
        SingleTsigKey keys = new(TsigBench.Key());
        Assert.Equal(TsigOutcome.Verified, TsigVerifier.VerifyRequestAt(signed, offset, TsigBench.Now, keys, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigVerifier.VerifyRequestAt(signed, offset + 1, TsigBench.Now, keys, out _));
        Assert.Equal(TsigOutcome.FormErr, TsigVerifier.VerifyRequestAt(signed, 60_000, TsigBench.Now, keys, out _));
    }

    [Fact, Rfc(8945, "4.3.2")]
    public void Digest_takes_the_original_ID_so_that_a_forwarder_may_change_the_header()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        MessageHeader.SetId(signed, 0x9999);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(signed, TsigBench.Key(), out TsigContext context));
        Assert.Equal(0x1234, context.OriginalId);
    }

    [Fact, Rfc(8945, "4.3.2")]
    public void Changed_original_ID_is_BADSIG()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        signed[^6] ^= 1;
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(signed, TsigBench.Key(), out _));
    }

    [Fact, Rfc(8945, "4.3.3"), Rfc(8945, "9")]
    public void Names_of_key_and_algorithm_are_compared_and_digested_without_case()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(name: "TRANSFER.EXAMPLE"), out _);
        TsigRecord record = TsigBench.Record(signed);
        int algorithmAt = record.Offset + record.KeyName.Length + 10;
        for (int at = algorithmAt; at < algorithmAt + record.AlgorithmName.Length; at++)
            signed[at] = (byte)char.ToUpperInvariant((char)signed[at]);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(signed, TsigBench.Key(name: "transfer.example"), out _));
    }

    [Fact, Rfc(8945, "4.3.3")]
    public void Compressed_key_name_is_digested_uncompressed()
    {
        TsigKey key = TsigBench.Key(name: "example.com");
        byte[] signed = TsigBench.SignRequest(key, out _);
        int offset = TsigBench.Query().Length;
        byte[] compressed = [.. signed.AsSpan(0, offset), 0xC0, 12, .. signed.AsSpan(offset + key.Name.Wire.Length)];
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(compressed, key, out _));
    }

    [Fact, Rfc(3597, "4"), Rfc(8945, "4.2")]
    public void Compressed_algorithm_name_is_FORMERR()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] changed = TsigBench.Rebuild(signed, [0xC0, 12], new byte[32], 0x1234, Rcode.NoError, []);
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(changed, TsigBench.Key(), out _));
    }

    [Theory, Rfc(8945, "4.2")]
    [InlineData(0xFFFF_FFFFL)]
    [InlineData(0x1_0000_0000L)]
    [InlineData(0xFFFF_FFFF_FF00L)]
    public void Time_has_48_bits(long now)
    {
        TsigKey key = TsigBench.Key();
        byte[] signed = TsigBench.SignRequest(key, out TsigContext client, now: now);
        Assert.Equal(now, TsigBench.Record(signed).TimeSignedUnixSeconds);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(signed, key, out TsigContext server, now));
        Assert.Equal(TsigOutcome.BadTime, TsigBench.Verify(signed, key, out _, TsigBench.Now));
        byte[] answer = TsigBench.Answer(in server, now: now);
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(answer, in client, now).Outcome);
    }

    [Fact, Rfc(8945, "5.2.2")]
    public void Every_flipped_octet_fails_without_an_exception()
    {
        TsigKey key = TsigBench.Key();
        byte[] signed = TsigBench.SignRequest(key, out _);

        // The two octets of the header's ID are not covered: RFC 8945 §4.3.2 puts the original ID in their place.
        for (int at = 2; at < signed.Length; at++)
        {
            foreach (byte mask in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] changed = (byte[])signed.Clone();
                changed[at] ^= mask;
                TsigOutcome outcome = TsigBench.Verify(changed, key, out TsigContext context);
                Assert.True(outcome != TsigOutcome.Verified, $"octet {at} by {mask:x2}");
                TsigBench.Answer(in context);
            }
        }
    }

    [Fact]
    public void Every_flipped_octet_of_an_answer_fails_without_an_exception()
    {
        TsigKey key = TsigBench.Key();
        TsigBench.Verify(TsigBench.SignRequest(key, out TsigContext client), key, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        for (int at = 2; at < answer.Length; at++)
        {
            byte[] changed = (byte[])answer.Clone();
            changed[at] ^= 0x01;
            Assert.False(TsigVerifier.VerifyResponse(changed, in client, TsigBench.Now).IsVerified, $"octet {at}");
        }
    }

    [Fact]
    public void Message_cut_anywhere_never_verifies()
    {
        TsigKey key = TsigBench.Key();
        byte[] signed = TsigBench.SignRequest(key, out TsigContext client);
        for (int length = 0; length < signed.Length; length++)
        {
            Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(signed[..length], key, out _));
            Assert.Equal(
                TsigReplyOutcome.Malformed,
                TsigVerifier.VerifyResponse(signed.AsSpan(0, length), in client, TsigBench.Now).Outcome);
        }
    }

    [Fact]
    public void Random_octets_never_verify()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        TsigKey key = TsigBench.Key();
        byte[] signed = TsigBench.SignRequest(key, out TsigContext client);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])signed.Clone();
            for (int edits = random.Next(1, 6); edits > 0; edits--)
                changed[random.Next(2, changed.Length)] = (byte)random.Next(256);
            bool isSame = changed.AsSpan().SequenceEqual(signed);
            TsigOutcome outcome = TsigBench.Verify(changed, key, out TsigContext context);
            Assert.True(isSame || outcome != TsigOutcome.Verified || DiffersInCaseOnly(changed, signed), $"seed {seed}");
            TsigBench.Answer(in context);
            Assert.False(TsigVerifier.VerifyResponse(changed, in client, TsigBench.Now).IsVerified, $"seed {seed}");
        }
    }

    [Fact]
    public void Verification_leaves_the_message_as_it_was()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] before = (byte[])signed.Clone();
        TsigBench.Verify(signed, TsigBench.Key(), out _);
        Assert.Equal(before, signed);
    }

    [Fact, Rfc(8945, "4.3.3")]
    public void Other_data_is_covered_by_the_MAC()
    {
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] mac = TsigBench.Record(signed).Mac.ToArray();
        byte[] algorithm = TsigAlgorithm.HmacSha256.WireName.ToArray();
        byte[] changed = TsigBench.Rebuild(signed, algorithm, mac, 0x1234, Rcode.NoError, [1]);
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(changed, TsigBench.Key(), out _));
    }

    [Fact, Rfc(8945, "4.1")]
    public void TSIG_is_a_meta_type_that_no_zone_holds() => Assert.True(RecordType.Tsig.IsMeta);

    [Fact]
    public void Verify_and_sign_allocate_nothing()
    {
        TsigKeyRing keys = new([TsigBench.Key(), TsigBench.Key(name: "b"), TsigBench.Key(name: "c")]);
        byte[] signed = TsigBench.SignRequest(TsigBench.Key(), out _);
        byte[] unknown = TsigBench.SignRequest(TsigBench.Key(name: "unknown"), out _);
        byte[] buffer = new byte[512];
        byte[] response = TsigBench.Response();
        Work(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int rounds)
        {
            bool isRight = true;
            for (int round = 0; round < rounds; round++)
            {
                isRight &= TsigVerifier.VerifyRequest(signed, TsigBench.Now, keys, out TsigContext context) == TsigOutcome.Verified;
                response.CopyTo(buffer, 0);
                isRight &= TsigSigner.SignResponse(buffer, response.Length, in context, TsigBench.Now, out _);
                isRight &= TsigVerifier.VerifyRequest(unknown, TsigBench.Now, keys, out context) == TsigOutcome.BadKey;
                response.CopyTo(buffer, 0);
                isRight &= TsigSigner.SignResponse(buffer, response.Length, in context, TsigBench.Now, out _);
            }

            Assert.True(isRight);
        }
    }

    private static bool DiffersInCaseOnly(byte[] changed, byte[] signed)
    {
        TsigRecord record = TsigBench.Record(signed);
        int end = record.Offset + record.KeyName.Length + 10 + record.AlgorithmName.Length;
        for (int at = 0; at < signed.Length; at++)
        {
            bool mayFold = at >= record.Offset && at < end;
            if (changed[at] != signed[at] && !(mayFold && WireName.Fold(changed[at]) == WireName.Fold(signed[at])))
                return false;
        }

        return BinaryPrimitives.ReadUInt16BigEndian(changed) == BinaryPrimitives.ReadUInt16BigEndian(signed);
    }
}
