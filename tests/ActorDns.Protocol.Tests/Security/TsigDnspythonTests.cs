using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>TSIG against dnspython in both directions: requests, answers and streams, all algorithms it knows.</summary>
public sealed class TsigDnspythonTests
{
    private const string KeyName = "Transfer.Example";

    // One line asks, one line answers. The clock that dnspython reads is replaced by the time of the line.
    private const string Script = """
        import sys, time
        import dns.message, dns.name, dns.tsig

        clock = 0
        time.time = lambda: clock

        def mac_of(text):
            return b'' if text == '-' else bytes.fromhex(text)

        def sign(key, request_mac, wire, context, multi):
            message = dns.message.from_wire(wire)
            message.use_tsig(key)
            message.request_mac = request_mac
            signed = message.to_wire(multi=multi, tsig_ctx=context, max_size=65535)
            return signed, message.tsig_ctx

        for line in sys.stdin:
            words = line.split()
            key = dns.tsig.Key(words[3], bytes.fromhex(words[2]), words[1])
            clock = int(words[4])
            request_mac = mac_of(words[5])
            wires = [bytes.fromhex(word) for word in words[7:]]
            try:
                if words[0] == 'sign':
                    context, out = None, []
                    every = int(words[6])
                    multi = len(wires) > 1
                    for at, wire in enumerate(wires):
                        if at % every == 0 or at == len(wires) - 1:
                            signed, context = sign(key, request_mac, wire, context, multi)
                            out.append(signed.hex())
                        else:
                            context.update(wire)
                            out.append(wire.hex())
                    print(' '.join(out))
                else:
                    context = None
                    multi = len(wires) > 1
                    for wire in wires:
                        message = dns.message.from_wire(
                            wire, keyring={key.name: key}, request_mac=request_mac, tsig_ctx=context, multi=multi)
                        context = message.tsig_ctx
                    print('ok' if message.had_tsig else 'unsigned')
            except Exception as error:
                print(type(error).__name__)
        """;

    public static TheoryData<string> Algorithms() => [.. TsigAlgorithm.All.Select(algorithm => algorithm.Name)];

    public static TheoryData<string> AllWords() =>
    [
        .. Algorithms().Select(row => row.Data),
        .. TsigTruncationTests.TruncatedAlgorithms().Select(row => row.Data),
    ];

    [Theory, Rfc(8945, "4.3")]
    [MemberData(nameof(Algorithms))]
    public void Our_request_verifies_there(string word)
    {
        byte[] request = TsigBench.SignRequest(KeyFor(word), out _);
        Assert.Equal("ok", Ask("verify", word, [], request));
    }

    [Theory, Rfc(8945, "4.3")]
    [MemberData(nameof(AllWords))]
    public void Their_request_verifies_here_and_our_answer_there(string word)
    {
        TsigKey key = KeyFor(word);
        byte[] request = Convert.FromHexString(Ask("sign", word, [], TsigBench.Query()));
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        Assert.Equal("ok", Ask("verify", word, server.RequestMac, TsigBench.Answer(in server)));
    }

    [Theory, Rfc(8945, "4.3.1")]
    [MemberData(nameof(Algorithms))]
    public void Their_answer_verifies_here(string word)
    {
        TsigBench.SignRequest(KeyFor(word), out TsigContext client);
        byte[] answer = Convert.FromHexString(Ask("sign", word, client.RequestMac, TsigBench.Response()));
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(answer, in client, TsigBench.Now).Outcome);
    }

    [Theory, Rfc(8945, "5.3.1")]
    [MemberData(nameof(AllWords))]
    public void Our_stream_verifies_there(string word)
    {
        TsigKey key = KeyFor(word);
        byte[] request = Convert.FromHexString(Ask("sign", word, [], TsigBench.Query()));
        Assert.Equal(TsigOutcome.Verified, TsigBench.Verify(request, key, out TsigContext server));
        TsigStreamSigner signer = new(in server);
        byte[][] stream =
        [
            .. Enumerable.Range(0, 6).Select(
                number => TsigStreamTests.Sign(signer, TsigStreamTests.Body((ushort)number), TsigBench.Now + (number / 2))),
        ];
        Assert.Equal("ok", Ask("verify", word, server.RequestMac, stream));
        stream[4][40] ^= 1;
        Assert.NotEqual("ok", Ask("verify", word, server.RequestMac, stream));
    }

    [Theory, Rfc(8945, "5.3.1")]
    [InlineData("hmac-md5", 1, 4)]
    [InlineData("hmac-sha1", 2, 9)]
    [InlineData("hmac-sha224", 1, 4)]
    [InlineData("hmac-sha256", 1, 4)]
    [InlineData("hmac-sha256", 3, 12)]
    [InlineData("hmac-sha256", 100, 201)]
    [InlineData("hmac-sha384", 1, 4)]
    [InlineData("hmac-sha512", 5, 11)]
    public void Their_stream_verifies_here(string word, int signedEvery, int count)
    {
        TsigBench.SignRequest(KeyFor(word), out TsigContext client);
        byte[][] bodies = [.. Enumerable.Range(0, count).Select(number => TsigStreamTests.Body((ushort)number))];
        string[] signed = AskAll("sign", word, client.RequestMac, signedEvery, bodies).Split(' ');
        Assert.Equal(count, signed.Length);
        TsigStreamVerifier verifier = new(in client);
        foreach (string message in signed)
        {
            TsigReply reply = verifier.Accept(Convert.FromHexString(message), TsigBench.Now);
            Assert.True(reply.Outcome is TsigReplyOutcome.Verified or TsigReplyOutcome.Intermediate, reply.Outcome.ToString());
        }

        Assert.True(verifier.IsCovered);
    }

    [Fact, Rfc(2104, "2")]
    public void Secret_of_200_octets_agrees()
    {
        TsigSecret secret = new([.. Enumerable.Range(0, 200).Select(octet => (byte)octet)]);
        TsigKey key = TsigBench.Key(secret: secret);
        byte[] request = TsigBench.SignRequest(key, out _);
        Assert.Equal("ok", Send("verify", "hmac-sha256", Convert.FromBase64String(secret.ToBase64()), [], 1, [request]));
    }

    [Fact]
    public void Wrong_secret_is_refused_there_and_here()
    {
        byte[] request = TsigBench.SignRequest(TsigBench.Key(secret: new TsigSecret([1, 2, 3])), out _);
        Assert.Equal("BadSignature", Ask("verify", "hmac-sha256", [], request));
        byte[] theirs = Convert.FromHexString(Ask("sign", "hmac-sha256", [], TsigBench.Query()));
        Assert.Equal(TsigOutcome.BadSig, TsigBench.Verify(theirs, TsigBench.Key(secret: new TsigSecret([9])), out _));
    }

    [Theory, Rfc(8945, "5.3.2")]
    [InlineData("BADKEY", "PeerBadKey")]
    [InlineData("BADSIG", "PeerBadSignature")]
    [InlineData("BADTIME", "PeerBadTime")]
    [InlineData("BADTRUNC", "PeerBadTruncation")]
    public void Error_reply_is_understood_there(string error, string theirWord)
    {
        TsigKey key = error switch
        {
            "BADKEY" => TsigBench.Key(TsigAlgorithm.HmacSha512),
            "BADSIG" => TsigBench.Key(secret: new TsigSecret([1])),
            _ => TsigBench.Key(),
        };
        byte[] request = TsigBench.SignRequest(TsigBench.Key(bits: error == "BADTRUNC" ? 128 : 0), out _);
        TsigBench.Verify(request, key, out TsigContext server, error == "BADTIME" ? TsigBench.Now + 999 : TsigBench.Now);
        Assert.Equal(error, TsigText.ErrorName(server.TsigError));
        Assert.Equal(theirWord, Ask("verify", "hmac-sha256", server.RequestMac, TsigBench.Answer(in server)));
    }

    [Fact, Rfc(8945, "4.3")]
    public void Request_is_the_recorded_one_octet_by_octet()
    {
        // Made by dnspython 2.3 from the same query, key and time.
        const string Recorded =
            "123400000001000000000001076578616d706c6503636f6d0000060001"
            + "085472616e73666572074578616d706c650000fa00ff00000000003d"
            + "0b686d61632d7368613235360000006ab13b80012c0020"
            + "3e932e2d35b163d79f022daf5ecb2d8a6e39b54f176a8bddfbd0be81ac5b1ef8123400000000";
        Assert.Equal(Recorded, Convert.ToHexStringLower(TsigBench.SignRequest(KeyFor("hmac-sha256"), out _)));
    }

    private static TsigKey KeyFor(string word)
    {
        Assert.True(TsigAlgorithm.TryParse(word, out TsigAlgorithm algorithm, out int bits));
        return TsigBench.Key(algorithm, bits, KeyName);
    }

    private static string Ask(string verb, string word, ReadOnlySpan<byte> requestMac, params byte[][] messages) =>
        AskAll(verb, word, requestMac, 1, messages);

    private static string AskAll(string verb, string word, ReadOnlySpan<byte> requestMac, int every, byte[][] messages) =>
        Send(verb, word, Convert.FromBase64String(TsigBench.Secret.ToBase64()), requestMac, every, messages);

    private static string Send(
        string verb, string word, byte[] secret, ReadOnlySpan<byte> requestMac, int every, byte[][] messages)
    {
        Assert.True(TsigAlgorithm.TryParse(word, out TsigAlgorithm algorithm, out int bits));
        ReadOnlySpan<byte> algorithmName = bits == 0 ? algorithm.WireName : algorithm.TruncatedWireName;
        string mac = requestMac.IsEmpty ? "-" : Convert.ToHexStringLower(requestMac);
        string wires = string.Join(' ', messages.Select(Convert.ToHexStringLower));
        string key = $"{NameText.ToText(algorithmName, true)} {Convert.ToHexStringLower(secret)} {KeyName}.";
        string line = $"{verb} {key} {TsigBench.Now} {mac} {every} {wires}";
        return Assert.Single(PeerProcess.Run("/usr/bin/python3", "python3-dnspython", ["-c", Script], [line]));
    }
}
