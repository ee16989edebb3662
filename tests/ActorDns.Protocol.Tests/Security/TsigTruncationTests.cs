using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Truncated MACs by policy suffix and by the truncated algorithm names (RFC 8945 §5.2.2.1, §6, §7).</summary>
public sealed class TsigTruncationTests
{
    public static TheoryData<string> Algorithms() => [.. TsigAlgorithm.All.Select(algorithm => algorithm.Name)];

    public static TheoryData<string> TruncatedAlgorithms() => ["hmac-sha256-128", "hmac-sha384-192", "hmac-sha512-256"];

    [Fact, Rfc(8945, "7")]
    public void Policy_accepts_its_length_and_longer_ones()
    {
        TsigKey key = TsigBench.Key(bits: 160);
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out _);
        Assert.Equal(TsigOutcome.BadTrunc, TsigBench.Verify(TsigBench.ResizeMac(request, 19), key, out _));
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(TsigBench.ResizeMac(request, 20), key, out _));
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out _));
    }

    [Fact, Rfc(8945, "5.2.2.1")]
    public void Reply_is_cut_to_the_policy_and_covers_the_request_MAC_as_received()
    {
        TsigKey key = TsigBench.Key(bits: 128);
        byte[] request = TsigBench.SignRequest(key, out TsigContext client);
        Assert.Equal(16, TsigBench.Record(request).Mac.Length);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        Assert.Equal(16, server.RequestMac.Length);
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(16, TsigBench.Record(answer).Mac.Length);
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Theory, Rfc(8945, "7")]
    [InlineData(20)]
    [InlineData(32)]
    public void Reply_to_a_longer_MAC_than_policy_asks_for_has_one_as_long(int macBytes)
    {
        TsigKey key = TsigBench.Key(bits: 128);
        byte[] request = TsigBench.ResizeMac(TsigBench.SignRequest(TsigBench.Key(), out _), macBytes);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        byte[] answer = TsigBench.Answer(in server);
        Assert.Equal(macBytes, TsigBench.Record(answer).Mac.Length);
        Assert.Equal(server.ResponseBytes, answer.Length - TsigBench.Response().Length);
    }

    [Fact, Rfc(8945, "5.2.2.1")]
    public void Policy_below_half_the_digest_never_makes_a_shorter_MAC()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(bits: 64), out _);
        Assert.Equal(16, TsigBench.Record(request).Mac.Length);
    }

    [Theory, Rfc(8945, "6")]
    [MemberData(nameof(TruncatedAlgorithms))]
    public void Truncated_name_is_accepted_by_a_truncating_key_and_answered_in_kind(string text)
    {
        TsigKey key = KeyFor(text);
        byte[] request = RequestWithTruncatedName(key, out byte[] requestMac);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        Assert.True(server.UsesTruncatedName);
        Assert.Equal(requestMac, server.RequestMac.ToArray());
        byte[] answer = TsigBench.Answer(in server);
        TsigRecord record = TsigBench.Record(answer);
        Assert.Equal(text + ".", NameText.ToText(record.AlgorithmName, keepFinalDot: true));
        Assert.Equal(key.Algorithm.TruncatedBytes, record.Mac.Length);
        Assert.Equal(server.ResponseBytes, answer.Length - TsigBench.Response().Length);
    }

    [Theory, Rfc(8945, "5.2.1")]
    [MemberData(nameof(TruncatedAlgorithms))]
    public void Truncated_name_for_a_key_that_asks_for_the_whole_MAC_is_BADKEY(string text)
    {
        byte[] request = RequestWithTruncatedName(KeyFor(text), out _);
        TsigKey full = TsigBench.Key(KeyFor(text).Algorithm);
        Assert.Equal(TsigOutcome.BadKey, TsigBench.Verify(request, full, out TsigContext context));
        Assert.Equal(TsigFailure.AlgorithmMismatch, context.Failure);
    }

    [Theory, Rfc(8945, "5.2.4")]
    [MemberData(nameof(TruncatedAlgorithms))]
    public void Truncated_name_below_the_policy_of_its_key_is_BADTRUNC(string text)
    {
        TsigKey truncating = KeyFor(text);
        byte[] request = RequestWithTruncatedName(truncating, out _);
        TsigKey stricter = TsigBench.Key(truncating.Algorithm, bits: truncating.MinimumMacBits + 8);
        Assert.Equal(TsigOutcome.BadTrunc, TsigBench.Verify(request, stricter, out _));
    }

    [Theory, Rfc(8945, "5.2.2.1")]
    [MemberData(nameof(TruncatedAlgorithms))]
    public void Truncated_name_with_a_longer_MAC_is_FORMERR(string text)
    {
        TsigKey key = KeyFor(text);
        byte[] request = RequestWithTruncatedName(key, out _);
        byte[] longer = TsigBench.ResizeMac(request, key.Algorithm.TruncatedBytes + 1);
        Assert.Equal(TsigOutcome.FormErr, TsigBench.Verify(longer, key, out _));
    }

    private static TsigKey KeyFor(string text)
    {
        Assert.True(TsigAlgorithm.TryParse(text, out TsigAlgorithm algorithm, out int bits));
        return TsigBench.Key(algorithm, bits);
    }

    // Outbound messages never use these names, so the test computes the MAC of RFC 8945 §4.3 by itself.
    private static byte[] RequestWithTruncatedName(TsigKey key, out byte[] mac)
    {
        byte[] query = TsigBench.Query();
        byte[] name = DomainName.Parse(key.Name.ToString().ToLowerInvariant()).Wire.ToArray();
        byte[] algorithm = key.Algorithm.TruncatedWireName.ToArray();
        byte[] timers = [0, 0, .. BitConverter.GetBytes((uint)TsigBench.Now).Reverse(), 1, 44];
        byte[] variables = [.. name, 0, 255, 0, 0, 0, 0, .. algorithm, .. timers, 0, 0, 0, 0];
        byte[] whole = new byte[64];
        key.ComputeMac(query, variables, default, whole);
        mac = whole[..key.Algorithm.TruncatedBytes];
        byte[] signed = TsigBench.SignRequest(key, out _);
        return TsigBench.Rebuild(signed, algorithm, mac, 0x1234, Rcode.NoError, []);
    }
}
