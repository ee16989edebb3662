using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Transfers;

namespace ActorDns.Zones.Tests.Transfers;

/// <summary>Signed answers: every message is covered before anything can be had of it.</summary>
public sealed class SignedTransferTests : IDisposable
{
    private const long Now = 1_800_000_000;
    private const string Ns = "example. 3600 NS ns1.example.";
    private static readonly DomainName Origin = DomainName.Parse("example.");
    private static readonly TsigKey Key = new(DomainName.Parse("key."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]));
    private readonly AnswerStream _stream = new() { NowUnixSeconds = Now };
    private readonly TransferReader _reader;

    public SignedTransferTests()
    {
        byte[] request = new byte[512];
        byte[] header = [.. BitConverter.GetBytes((ushort)4711).Reverse(), 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        byte[] message = [.. header, .. Origin.Wire, 0, 252, 0, 1];
        message.CopyTo(request, 0);
        Assert.True(TsigSigner.SignRequest(request, message.Length, Key, Now, out int length, out TsigContext context));
        TsigVerifier.VerifyRequest(request.AsSpan(0, length), Now, new SingleTsigKey(Key), out TsigContext atPrimary);
        _stream.Signer = new TsigStreamSigner(atPrimary);
        _reader = new TransferReader(new TransferQuestion(Origin, 4711, null), new TsigStreamVerifier(context));
    }

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void Signed_messages_make_a_zone()
    {
        Assert.Equal(TransferStatus.More, _reader.Accept(_stream.Message(Soa), Now));
        Assert.Equal(TransferStatus.Complete, _reader.Accept(_stream.Message(Ns, Soa), Now));
        Assert.True(_reader.TryTakeResult(out TransferredZone? zone));
        SnapshotReclaimer.Discard(zone.Whole!);
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Last_message_without_signature_fails_the_transfer()
    {
        Assert.Equal(TransferStatus.More, _reader.Accept(_stream.Message(Soa), Now));
        Assert.Equal(TransferStatus.Failed, _reader.Accept(_stream.Unsigned(Ns, Soa), Now));
        Assert.Equal("the last message is not signed", _reader.Failure);
        Assert.False(_reader.TryTakeResult(out _));
    }

    [Theory]
    [InlineData(99, TransferStatus.Complete)]
    [InlineData(100, TransferStatus.Failed)]
    public void Run_of_unsigned_messages_has_its_bound(int unsigned, TransferStatus expected)
    {
        _reader.Accept(_stream.Message(Soa, Ns), Now);
        for (int i = 0; i < unsigned; i++)
            _reader.Accept(_stream.Unsigned($"h{i}.example. 60 A 192.0.2.1"), Now);
        Assert.Equal(expected, _reader.Accept(_stream.Message(Soa), Now));
    }

    [Fact]
    public void Changed_octet_of_an_unsigned_message_fails_at_the_next_signature()
    {
        _reader.Accept(_stream.Message(Soa, Ns), Now);
        byte[] changed = _stream.Unsigned("www.example. 60 A 192.0.2.1");
        changed[^1] ^= 1;
        Assert.Equal(TransferStatus.More, _reader.Accept(changed, Now));
        Assert.Equal(TransferStatus.Failed, _reader.Accept(_stream.Message(Soa), Now));
        Assert.Equal("signature failed to verify", _reader.Failure);
    }

    [Fact]
    public void Unsigned_refusal_names_the_rcode()
    {
        _stream.Flags |= Rcode.Refused.Value;
        Assert.Equal(TransferStatus.Failed, _reader.Accept(_stream.Unsigned(), Now));
        Assert.Equal("expected a TSIG or SIG(0) (REFUSED)", _reader.Failure);
    }

    private static string Soa { get; } = AnswerStream.Soa(7);
}
