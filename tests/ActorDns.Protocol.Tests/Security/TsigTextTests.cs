using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Algorithms, secrets, key clauses, key files and log words as text.</summary>
public sealed class TsigTextTests
{
    [Theory, Rfc(8945, "6")]
    [InlineData("hmac-sha256", "hmac-sha256", 0)]
    [InlineData("HMAC-SHA256.", "hmac-sha256", 0)]
    [InlineData("sha512", "hmac-sha512", 0)]
    [InlineData("md5", "hmac-md5", 0)]
    [InlineData("hmac-md5.sig-alg.reg.int", "hmac-md5", 0)]
    [InlineData("HMAC-MD5.SIG-ALG.REG.INT.", "hmac-md5", 0)]
    [InlineData("hmac-md5-80", "hmac-md5", 80)]
    [InlineData("hmac-sha1-96", "hmac-sha1", 96)]
    [InlineData("hmac-sha224", "hmac-sha224", 0)]
    [InlineData("hmac-sha256-128", "hmac-sha256", 128)]
    [InlineData("Sha384-192", "hmac-sha384", 192)]
    public void Algorithm_is_read_from_configuration(string text, string name, int bits)
    {
        Assert.True(TsigAlgorithm.TryParse(text, out TsigAlgorithm algorithm, out int minimumMacBits));
        Assert.Equal(name, algorithm.Name);
        Assert.Equal(bits, minimumMacBits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hmac-")]
    [InlineData("hmac-sha3")]
    [InlineData("hmac-sha2560")]
    [InlineData("hmac-sha256-")]
    [InlineData("hmac-sha256-0")]
    [InlineData("hmac-sha256-12")]
    [InlineData("hmac-sha256-264")]
    [InlineData("hmac-sha256--8")]
    [InlineData("gss-tsig")]
    public void Text_that_is_no_algorithm_is_refused(string text) =>
        Assert.False(TsigAlgorithm.TryParse(text, out _, out _));

    [Theory, Rfc(8945, "6")]
    [InlineData("HMAC-MD5.SIG-ALG.REG.INT.", "hmac-md5", false)]
    [InlineData("hmac-sha1.", "hmac-sha1", false)]
    [InlineData("hmac-sha224.", "hmac-sha224", false)]
    [InlineData("hmac-sha256.", "hmac-sha256", false)]
    [InlineData("hmac-sha256-128.", "hmac-sha256", true)]
    [InlineData("hmac-sha384.", "hmac-sha384", false)]
    [InlineData("hmac-sha384-192.", "hmac-sha384", true)]
    [InlineData("hmac-sha512.", "hmac-sha512", false)]
    [InlineData("hmac-sha512-256.", "hmac-sha512", true)]
    public void Algorithm_is_read_from_the_wire(string wireName, string name, bool isTruncated)
    {
        Assert.True(TsigAlgorithm.TryFromWire(DomainName.Parse(wireName).Wire, out TsigAlgorithm algorithm, out bool isTruncatedName));
        Assert.Equal(name, algorithm.Name);
        Assert.Equal(isTruncated, isTruncatedName);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("gss-tsig.")]
    [InlineData("hmac-md5.")]
    [InlineData("hmac-sha1-96.")]
    public void Wire_name_not_implemented_is_not_found(string wireName) =>
        Assert.False(TsigAlgorithm.TryFromWire(DomainName.Parse(wireName).Wire, out _, out _));

    [Fact]
    public void Key_and_secret_never_show_the_octets()
    {
        TsigKey key = TsigBench.Key(bits: 128);
        Assert.Equal("(secret)", key.Secret.ToString());
        Assert.Equal("Transfer.Example (hmac-sha256-128)", key.ToString());
    }

    [Fact]
    public void Secrets_are_equal_by_their_octets()
    {
        TsigSecret copy = new(Convert.FromBase64String(TsigBench.Secret.ToBase64()));
        Assert.Equal(TsigBench.Secret, copy);
        Assert.Equal(TsigBench.Secret.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(TsigBench.Secret, new TsigSecret(new byte[32]));
        Assert.NotEqual(TsigBench.Secret, new TsigSecret(new byte[31]));
    }

    [Theory]
    [InlineData("La/E5CjG9O+os1jq0a2jdA==", 16)]
    [InlineData("La/E5CjG 9O+os1jq\n0a2jdA==", 16)]
    public void Secret_is_read_from_base64(string text, int length)
    {
        Assert.True(TsigSecret.TryFromBase64(text, out TsigSecret secret));
        Assert.Equal(length, secret.Length);
        Assert.Equal("La/E5CjG9O+os1jq0a2jdA==", secret.ToBase64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("abc")]
    [InlineData("ab!d")]
    [InlineData("La/E5CjG9O+os1jq0a2jdA=")]
    public void Text_that_is_no_base64_is_refused(string text) => Assert.False(TsigSecret.TryFromBase64(text, out _));

    [Fact, Rfc(8945, "8")]
    public void Random_secret_is_as_long_as_the_digest()
    {
        Assert.All(TsigAlgorithm.All, algorithm =>
        {
            TsigSecret secret = TsigSecret.CreateRandom(algorithm);
            Assert.Equal(algorithm.DigestBytes, secret.Length);
            Assert.False(secret.IsShortFor(algorithm));
            Assert.NotEqual(secret, TsigSecret.CreateRandom(algorithm));
        });
        Assert.True(new TsigSecret(new byte[16]).IsShortFor(TsigAlgorithm.HmacSha256));
    }

    [Fact]
    public void Key_clause_has_the_layout_of_tsig_keygen()
    {
        TsigKey key = TsigBench.Key(name: "Foo.example.");
        string[] theirs = PeerProcess.Run("tsig-keygen", "bind9", ["-a", "hmac-sha256", "Foo.example"], []);
        string[] ours = TsigText.FormatKeyClause(key).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, ours.Length);
        for (int line = 0; line < 4; line++)
        {
            if (line != 2)
                Assert.Equal(theirs[line], ours[line]);
        }

        Assert.Equal($"\tsecret \"{TsigBench.Secret.ToBase64()}\";", ours[2]);
        Assert.Equal(theirs[2].Length, ours[2].Length);
    }

    [Fact]
    public void Key_clause_keeps_the_name_as_it_was_written() =>
        Assert.StartsWith("key \"Foo.example.\" {\n", TsigText.FormatKeyClause(TsigBench.Key(), "Foo.example."), StringComparison.Ordinal);

    [Theory]
    [InlineData("v1.2", 157, "HMAC_MD5", "hmac-md5")]
    [InlineData("v1.3", 161, "HMAC_SHA1", "hmac-sha1")]
    [InlineData("v1.3", 162, "HMAC_SHA224", "hmac-sha224")]
    [InlineData("v1.3", 163, "HMAC_SHA256", "hmac-sha256")]
    [InlineData("v1.3", 164, "HMAC_SHA384", "hmac-sha384")]
    [InlineData("v1.3", 165, "HMAC_SHA512", "hmac-sha512")]
    public void Private_key_file_is_imported(string version, int number, string word, string name)
    {
        string text = $"""
            Private-key-format: {version}
            Algorithm: {number} ({word})
            Key: La/E5CjG9O+os1jq0a2jdA==
            Bits: AAA=
            Created: 20160512173034
            Publish: 20160512173034
            Activate: 20160512173034
            """;
        Assert.Equal(TsigKeyFileError.None, TsigKeyFile.TryParsePrivate(text, DomainName.Parse("host1-host2."), out TsigKey? key));
        Assert.Equal(name, key!.Algorithm.Name);
        Assert.Equal("La/E5CjG9O+os1jq0a2jdA==", key.Secret.ToBase64());
        Assert.Equal(0, key.MinimumMacBits);
    }

    [Theory]
    [InlineData("", TsigKeyFileError.UnknownFormat)]
    [InlineData("Private-key-format: v1.1\nAlgorithm: 157\nKey: AAAA\n", TsigKeyFileError.UnknownFormat)]
    [InlineData("Private-key-format: v1.3\nAlgorithm: 8 (RSASHA256)\nKey: AAAA\n", TsigKeyFileError.UnknownAlgorithm)]
    [InlineData("Private-key-format: v1.3\nKey: AAAA\n", TsigKeyFileError.UnknownAlgorithm)]
    [InlineData("Private-key-format: v1.3\nAlgorithm: 163\n", TsigKeyFileError.BadSecret)]
    [InlineData("Private-key-format: v1.3\nAlgorithm: 163\nKey: A!A\n", TsigKeyFileError.BadSecret)]
    public void Broken_private_key_file_is_refused(string text, TsigKeyFileError error)
    {
        Assert.Equal(error, TsigKeyFile.TryParsePrivate(text, DomainName.Parse("k"), out TsigKey? key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData("rndc-key. IN KEY 512 3 157 0jnu3SdsMvzzlmTDPYRceA==", "rndc-key.", "hmac-md5")]
    [InlineData("; made by hand\nhost1-host2. 3600 IN KEY 512 3 163 0jnu3Sds MvzzlmTDPYRceA==\n", "host1-host2.", "hmac-sha256")]
    public void Public_key_file_is_imported(string text, string name, string algorithm)
    {
        Assert.Equal(TsigKeyFileError.None, TsigKeyFile.TryParsePublic(text, out TsigKey? key));
        Assert.Equal(name, key!.Name.ToString());
        Assert.Equal(algorithm, key.Algorithm.Name);
        Assert.Equal("0jnu3SdsMvzzlmTDPYRceA==", key.Secret.ToBase64());
    }

    [Theory]
    [InlineData("", TsigKeyFileError.UnknownFormat)]
    [InlineData("k. IN A 192.0.2.1", TsigKeyFileError.UnknownFormat)]
    [InlineData("k. IN KEY 512 3 5 AAAA", TsigKeyFileError.UnknownAlgorithm)]
    [InlineData("k. IN KEY 512 3 163 A!", TsigKeyFileError.BadSecret)]
    [InlineData("k..x. IN KEY 512 3 163 AAAA", TsigKeyFileError.BadName)]
    public void Broken_public_key_file_is_refused(string text, TsigKeyFileError error) =>
        Assert.Equal(error, TsigKeyFile.TryParsePublic(text, out _));

    [Theory]
    [InlineData("Krndc-key.+157+64252.private", "rndc-key.", "hmac-md5")]
    [InlineData("/etc/bind/Khost1-host2.+163+00000.key", "host1-host2.", "hmac-sha256")]
    [InlineData("Ka+b.example.+165+00001", "a+b.example.", "hmac-sha512")]
    public void Key_file_name_tells_name_and_algorithm(string path, string name, string algorithm)
    {
        Assert.Equal(TsigKeyFileError.None, TsigKeyFile.TryParseFileName(path, out DomainName keyName, out TsigAlgorithm found));
        Assert.Equal(name, keyName.ToString());
        Assert.Equal(algorithm, found.Name);
    }

    [Theory]
    [InlineData("rndc.key", TsigKeyFileError.UnknownFormat)]
    [InlineData("K+1+2", TsigKeyFileError.UnknownFormat)]
    [InlineData("Kx.+8+12345.private", TsigKeyFileError.UnknownAlgorithm)]
    [InlineData("Kx..y.+163+12345.private", TsigKeyFileError.BadName)]
    public void Name_of_another_file_is_refused(string path, TsigKeyFileError error) =>
        Assert.Equal(error, TsigKeyFile.TryParseFileName(path, out _, out _));

    [Theory]
    [InlineData(TsigOutcome.BadKey, "tsig verify failure (BADKEY)")]
    [InlineData(TsigOutcome.BadSig, "tsig verify failure (BADSIG)")]
    [InlineData(TsigOutcome.BadTime, "tsig verify failure (BADTIME)")]
    [InlineData(TsigOutcome.BadTrunc, "tsig verify failure (BADTRUNC)")]
    public void Outcome_has_the_phrase_that_logs_use(TsigOutcome outcome, string phrase) =>
        Assert.Equal(phrase, TsigText.Summarize(outcome));

    [Theory]
    [InlineData(TsigFailure.UnknownKey, "unknown key")]
    [InlineData(TsigFailure.AlgorithmMismatch, "key name and algorithm do not match")]
    [InlineData(TsigFailure.WrongSignature, "signature failed to verify")]
    [InlineData(TsigFailure.Expired, "signature has expired")]
    [InlineData(TsigFailure.InFuture, "signature is in the future")]
    [InlineData(TsigFailure.BelowMinimum, "signature length below minimum")]
    public void Failure_has_the_words_that_logs_use(TsigFailure failure, string words) =>
        Assert.Equal(words, TsigText.Describe(failure));

    [Fact]
    public void Failure_of_time_tells_the_measured_skew()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(), out _);
        TsigBench.Verify(request, TsigBench.Key(), out TsigContext context, TsigBench.Now + 400);
        Assert.Equal("signature has expired (clocks differ by 400 s, fudge 300 s)", TsigText.Describe(in context));
    }

    [Fact]
    public void Failure_of_algorithm_tells_the_one_asked_for()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(TsigAlgorithm.HmacSha1), out _);
        TsigBench.Verify(request, TsigBench.Key(), out TsigContext context);
        Assert.Equal("key name and algorithm do not match (hmac-sha1)", TsigText.Describe(in context));
    }

    [Fact, Rfc(8945, "3")]
    public void Error_16_is_called_BADSIG() => Assert.Equal("BADSIG", TsigText.ErrorName(new Rcode(16)));

    [Theory]
    [InlineData(-8)]
    [InlineData(12)]
    [InlineData(264)]
    public void Key_refuses_bits_that_no_MAC_can_have(int bits) =>
        Assert.Throws<ArgumentException>(() => TsigBench.Key(bits: bits));

    [Fact]
    public void Key_refuses_an_empty_secret() =>
        Assert.Throws<ArgumentException>(() => TsigBench.Key(secret: new TsigSecret([])));
}
