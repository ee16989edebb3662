using System.Security.Cryptography;
using System.Text;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

public sealed class HmacTests
{
    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> cases = [];
        foreach (TsigAlgorithm algorithm in TsigAlgorithm.All)
        {
            foreach (int secretBytes in (int[])[1, 16, 32, 63, 64, 65, 127, 128, 129, 200])
                cases.Add(algorithm.Name, secretBytes);
        }

        return cases;
    }

    [Theory, Rfc(2104, "2")]
    [MemberData(nameof(Cases))]
    public void Native_and_managed_computation_agree(string algorithmText, int secretBytes)
    {
        Assert.True(TsigAlgorithm.TryParse(algorithmText, out TsigAlgorithm algorithm, out _));
        byte[] secret = RandomNumberGenerator.GetBytes(secretBytes);
        HmacTemplate native = new(algorithm.Hash, secret);
        HmacTemplate managed = new(algorithm.Hash, secret, preferNative: false);
        Assert.True(native.IsNative, "libcrypto.so.3 is missing; install the Debian package libssl3");
        Assert.False(managed.IsNative);
        foreach (int length in (int[])[0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 65535])
        {
            byte[] input = RandomNumberGenerator.GetBytes(length);
            byte[] expected = Compute(managed, input);
            Assert.Equal(expected, Compute(native, input));
            Assert.Equal(expected, Compute(managed, input));
        }
    }

    [Theory, Rfc(2104, "2")]
    [InlineData(32)]
    [InlineData(200)]
    public void Sha256_agrees_with_the_class_library_for_a_secret_of(int secretBytes)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(secretBytes);
        byte[] input = RandomNumberGenerator.GetBytes(777);
        Assert.Equal(HMACSHA256.HashData(secret, input), Compute(new HmacTemplate(HashFunction.Sha256, secret), input));
    }

    [Fact, Rfc(2104, "2")]
    public void Sha224_matches_a_published_vector_in_both_computations()
    {
        // RFC 4231 §4.3, test case 2.
        byte[] secret = Encoding.ASCII.GetBytes("Jefe");
        byte[] input = Encoding.ASCII.GetBytes("what do ya want for nothing?");
        const string Expected = "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44";
        Assert.Equal(Expected, Convert.ToHexStringLower(Compute(new HmacTemplate(HashFunction.Sha224, secret), input)));
        Assert.Equal(Expected, Convert.ToHexStringLower(Compute(new HmacTemplate(HashFunction.Sha224, secret, false), input)));
    }

    [Fact]
    public void Key_with_the_fallback_signs_what_a_native_key_verifies()
    {
        TsigKey managed = new(TsigBench.Key().Name, TsigAlgorithm.HmacSha224, TsigBench.Secret, 0, preferNative: false);
        byte[] signed = TsigBench.SignRequest(managed, out _);
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(signed, TsigBench.Key(TsigAlgorithm.HmacSha224), out _));
    }

    [Fact]
    public void Pieces_hash_as_the_whole()
    {
        byte[] input = RandomNumberGenerator.GetBytes(300);
        TsigKey key = TsigBench.Key(TsigAlgorithm.HmacSha512);
        byte[] whole = new byte[64];
        byte[] pieces = new byte[64];
        Assert.Equal(64, key.ComputeMac(input, whole));
        Assert.Equal(64, key.ComputeMac(input.AsSpan(0, 7), input.AsSpan(7, 130), input.AsSpan(137), pieces));
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public async Task One_key_serves_many_threads_at_once()
    {
        TsigKey key = TsigBench.Key();
        byte[] signed = TsigBench.SignRequest(key, out _);
        Task<bool>[] workers = [.. Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
            Enumerable.Range(0, 500).All(turn => TsigBench.Verify(signed, key, out _) == TsigOutcome.Verified)))];
        Assert.All(await Task.WhenAll(workers), Assert.True);
    }

    private static byte[] Compute(HmacTemplate template, ReadOnlySpan<byte> input)
    {
        HmacRun run = default;
        run.Start(template);
        run.Append(input[..(input.Length / 3)]);
        run.Append(input[(input.Length / 3)..]);
        byte[] mac = new byte[template.DigestBytes];
        Assert.Equal(mac.Length, run.Finish(mac));
        return mac;
    }
}
