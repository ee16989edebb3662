using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>TSIG against Perl's Net::DNS: its request verified here, our answer verified there.</summary>
public sealed class TsigNetDnsTests
{
    // The same request is made twice, bit for bit, because the second process needs its MAC to judge the answer.
    private const string Script = """
        use strict; use warnings;
        my $now;
        BEGIN { *CORE::GLOBAL::time = sub () { $now // CORE::time() } }
        use Net::DNS; use Net::DNS::RR::TSIG;
        my ($verb, $algorithm, $secret, $name, $time, $reply) = @ARGV;
        $now = $time;
        my $query = Net::DNS::Packet->new('example.com', 'SOA', 'IN');
        $query->header->id(0x1234);
        my $tsig = Net::DNS::RR->new(name => $name, type => 'TSIG', algorithm => $algorithm, key => $secret);
        $tsig->time_signed($time);
        $tsig->fudge(300);
        $query->sign_tsig($tsig);
        my $wire = $query->data;
        if ($verb eq 'query') { print unpack('H*', $wire), "\n"; exit 0 }
        my $bytes = pack('H*', $reply);
        my $answer = Net::DNS::Packet->new(\$bytes);
        print $answer->verify($query) ? "ok\n" : 'refused: ' . $answer->verifyerr . "\n";
        """;

    [Theory, Rfc(8945, "5.3")]
    [InlineData("hmac-md5")]
    [InlineData("hmac-sha1")]
    [InlineData("hmac-sha224")]
    [InlineData("hmac-sha256")]
    [InlineData("hmac-sha384")]
    [InlineData("hmac-sha512")]
    public void Their_request_verifies_here_and_our_answer_there(string word)
    {
        TsigKey key = KeyFor(word);
        byte[] request = Convert.FromHexString(Run("query", key));
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        Assert.Equal("ok", Run("reply", key, TsigBench.Answer(in server)));
    }

    [Fact]
    public void Changed_answer_is_refused_there()
    {
        TsigKey key = KeyFor("hmac-sha256");
        byte[] request = Convert.FromHexString(Run("query", key));
        TsigBench.Verify(request, key, out TsigContext server);
        byte[] answer = TsigBench.Answer(in server);
        answer[TsigBench.MacOffset(answer)] ^= 1;
        Assert.StartsWith("refused", Run("reply", key, answer), StringComparison.Ordinal);
    }

    private static TsigKey KeyFor(string word)
    {
        Assert.True(TsigAlgorithm.TryParse(word, out TsigAlgorithm algorithm, out _));
        return TsigBench.Key(algorithm);
    }

    private static string Run(string verb, TsigKey key, byte[]? reply = null)
    {
        string algorithm = NameText.ToText(key.Algorithm.WireName, keepFinalDot: false).ToUpperInvariant();
        string[] arguments =
        [
            "-e", Script, verb, algorithm, key.Secret.ToBase64(), key.Name.ToLogString(),
            TsigBench.Now.ToString(System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexStringLower(reply ?? []),
        ];
        return Assert.Single(PeerProcess.Run("perl", "libnet-dns-perl", arguments, []));
    }
}
