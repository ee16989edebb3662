using System.Collections.Immutable;
using ActorDns.Host.Control;
using ActorDns.Host.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Tests.Keys;

public sealed class KeyTextTests
{
    private const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly TsigKey Key = new(
        DomainName.Parse("ns1-ns2.example."), TsigAlgorithm.HmacSha256, TsigSecret.TryFromBase64(Secret, out TsigSecret secret) ? secret : null!);

    [Theory]
    [InlineData("key \"ns1-ns2.example\" {\n\talgorithm hmac-sha256;\n\tsecret \"" + Secret + "\";\n};\n")]
    [InlineData("/* two */ key other { algorithm hmac-sha256; secret \"" + Secret + "\"; }; key ns1-ns2.example. { secret \"" + Secret + "\"; algorithm hmac-sha256-128; };")]
    [InlineData("ns1-ns2.example. IN KEY 512 3 163 " + Secret + "\n")]
    public void Keys_are_read_as_other_programs_write_them(string text)
    {
        Assert.True(KeyText.TryRead(text, out ImmutableArray<TsigKey> keys, out string problem), problem);
        Assert.Equal((Key.Name, Key.Secret), (keys[^1].Name, keys[^1].Secret));
    }

    [Fact]
    public void Private_file_is_named_after_its_key()
    {
        string text = $"Private-key-format: v1.3\nAlgorithm: 163 (HMAC_SHA256)\nKey: {Secret}\nBits: AAA=\n";
        Assert.True(KeyText.TryReadFile("/etc/Kns1-ns2.example.+163+12345.private", text, out ImmutableArray<TsigKey> keys, out string problem), problem);
        Assert.Equal((Key.Name, Key.Secret), (keys[0].Name, keys[0].Secret));
        Assert.False(KeyText.TryReadFile("/etc/Kns1.+165+1.private", text, out _, out problem));
        Assert.Equal("its name and its content name different algorithms", problem);
    }

    [Theory]
    [InlineData("key k { algorithm hmac-sha256; secret c2VjcmV0c2VjcmV0 }")]
    [InlineData("key k { algorithm hmac-sha256; secret \"c2VjcmV0c2VjcmV0!\"; };")]
    [InlineData("key k { algorithm c2VjcmV0c2VjcmV0; secret \"AAAA\"; };")]
    [InlineData("c2VjcmV0c2VjcmV0")]
    [InlineData("")]
    public void Problem_never_repeats_what_may_be_a_secret(string text)
    {
        Assert.False(KeyText.TryRead(text, out _, out string problem));
        Assert.NotEqual("", problem);
        Assert.DoesNotContain("c2VjcmV0", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("named", "key \"ns1-ns2.example\" {\n\talgorithm hmac-sha256;\n\tsecret \"" + Secret + "\";\n};\n")]
    [InlineData("knot", "key:\n  - id: ns1-ns2.example.\n    algorithm: hmac-sha256\n    secret: " + Secret + "\n")]
    [InlineData("nsd", "key:\n\tname: \"ns1-ns2.example\"\n\talgorithm: hmac-sha256\n\tsecret: \"" + Secret + "\"\n")]
    [InlineData("pdns", "INSERT INTO tsigkeys (name, algorithm, secret) VALUES ('ns1-ns2.example', 'hmac-sha256', '" + Secret + "');\n")]
    [InlineData("nsupdate", "key hmac-sha256:ns1-ns2.example " + Secret + "\n")]
    public void Key_is_written_as_each_program_reads_it(string format, string expected) =>
        Assert.Equal(expected, KeyFormat.Of(format, Key));

    [Fact]
    public void Secret_on_the_control_channel_opens_for_its_channel_and_command_only()
    {
        string made = ControlSecrets.Seal(Key, "key export", "the text");
        TsigKey other = new(Key.Name, Key.Algorithm, TsigSecret.CreateRandom(Key.Algorithm));

        Assert.Equal("the text", ControlSecrets.Open(Key, "key export", made));
        Assert.Null(ControlSecrets.Open(other, "key export", made));
        Assert.Null(ControlSecrets.Open(Key, "key import", made));
        Assert.Null(ControlSecrets.Open(Key, "key export", made[4..]));
        Assert.Null(ControlSecrets.Open(Key, "key export", "?"));
    }
}
