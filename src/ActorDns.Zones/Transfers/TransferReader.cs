using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Zones.Transfers;

/// <summary>
/// Reads the answer to AXFR or IXFR, message by message (RFC 5936 §2.2, RFC 1995 §4): ID, question, rcode, TSIG over the whole stream
/// (RFC 8945 §5.3.1), and the order of records. Nothing of it can be had before all of it is there and verified. Knows no connection;
/// octets of any kind only make it fail. Dispose it, whatever came of it.
/// </summary>
/// <param name="question">What was asked.</param>
/// <param name="verifier">Checks the signatures; null when the request was unsigned.</param>
public sealed class TransferReader(TransferQuestion question, TsigStreamVerifier? verifier) : IDisposable
{
    private readonly TransferAssembler _assembler = new(question);
    private byte[] _rdata = new byte[RecordFormat.MaxRdataBytes];

    /// <summary>How far it has come.</summary>
    public TransferStatus Status { get; private set; }

    /// <summary>Why it failed, in words; empty when it did not.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>True when it failed because there are more records than we take.</summary>
    public bool IsTooMany => _assembler.IsTooMany;

    /// <summary>The rcode with which the primary refused; NOERROR when it did not.</summary>
    public Rcode Refusal { get; private set; }

    /// <summary>What the answer is, as soon as it shows.</summary>
    public TransferKind Kind => _assembler.Kind;

    /// <summary>Serial of the primary's version; known after the first message.</summary>
    public Serial Serial => _assembler.Serial;

    /// <summary>Messages taken.</summary>
    public long Messages { get; private set; }

    /// <summary>Records taken, both SOAs counted.</summary>
    public long Records { get; private set; }

    /// <summary>Octets taken, without length prefixes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Records that do not lie in the zone, which were left out.</summary>
    public long OutOfZoneCount => _assembler.OutOfZoneCount;

    /// <summary>Seconds until the zone expires at the primary, when it told them (RFC 7314 §3).</summary>
    public uint? ExpireSeconds { get; private set; }

    /// <summary>Takes the next message of the stream. After <see cref="TransferStatus.More"/> only there is another one.</summary>
    public TransferStatus Accept(ReadOnlySpan<byte> message, long nowUnixSeconds)
    {
        if (Status != TransferStatus.More)
            return Status;
        if (Read(message, nowUnixSeconds) is { } problem)
        {
            Status = TransferStatus.Failed;
            Failure = problem;
        }
        else if (_assembler.IsDone)
        {
            Status = TransferStatus.Complete;
        }

        return Status;
    }

    /// <summary>What the transfer brought, once, when it is complete.</summary>
    public bool TryTakeResult([NotNullWhen(true)] out TransferredZone? zone)
    {
        zone = Status == TransferStatus.Complete ? _assembler.TakeResult() : null;
        return zone is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _assembler.Dispose();
        _rdata = [];
    }

    private string? Read(ReadOnlySpan<byte> message, long nowUnixSeconds)
    {
        Messages++;
        Bytes += message.Length;
        if (message.Length < MessageHeader.Bytes)
            return "a message is shorter than a header";
        if (MessageHeader.Id(message) != question.Id)
            return "unexpected message ID";
        if ((MessageHeader.Flags(message) & MessageHeader.Response) == 0 || MessageHeader.Opcode(message) != Opcode.Query)
            return "not a response to a query";
        if (CheckSignature(message, nowUnixSeconds) is { } unverified)
            return unverified;
        ParseError error = MessageScan.TryScan(message, out MessageLayout layout);
        if (error != ParseError.None)
            return $"malformed message ({error})";
        if (CheckHeader(message, layout) is { } refused)
            return refused;
        if (ReadRecords(message, layout) is { } unfit)
            return unfit;
        return _assembler.IsDone && verifier is { IsCovered: false } ? "the last message is not signed" : null;
    }

    private string? CheckSignature(ReadOnlySpan<byte> message, long nowUnixSeconds)
    {
        if (verifier is null)
            return null;
        TsigReply reply = verifier.Accept(message, nowUnixSeconds);
        if (reply.Outcome is TsigReplyOutcome.Verified or TsigReplyOutcome.Intermediate)
            return null;
        Rcode rcode = new(MessageHeader.RcodeBits(message));
        string said = rcode == Rcode.NoError ? "" : $" ({rcode})";
        return TsigText.Describe(reply.Outcome) + said;
    }

    private string? CheckHeader(ReadOnlySpan<byte> message, in MessageLayout layout)
    {
        Rcode rcode = new(MessageHeader.RcodeBits(message));
        if (layout.OptOffset >= 0
            && EdnsReader.TryReadResponse(message, layout.OptOffset, isStream: true, out OptRecord opt) == ParseError.None)
        {
            rcode = opt.RcodeWith(MessageHeader.RcodeBits(message));
            if (opt.TryReadExpireSeconds(message, out uint seconds))
                ExpireSeconds = seconds;
        }

        if (rcode != Rcode.NoError)
        {
            Refusal = rcode;
            return rcode.ToString();
        }

        // AA is not looked at, though RFC 5936 §2.2.1 wants it set: Knot DNS leaves it out.
        bool isAsked = layout.HasQuestion
            && layout.QuestionType == question.Type
            && layout.QuestionClass == RecordClass.In
            && WireName.Equal(layout.QuestionName(message), question.Origin.Wire);
        if (isAsked || (!layout.HasQuestion && Messages > 1)) // RFC 5936 §2.2.1: only the first message must repeat it.
            return null;
        return layout.HasQuestion ? "an answer to another question" : "no question";
    }

    private string? ReadRecords(ReadOnlySpan<byte> message, in MessageLayout layout)
    {
        int count = MessageHeader.Count(message, 1);
        if (count == 0)
            return "empty answer section";
        Span<byte> owner = stackalloc byte[WireName.MaxBytes];
        MessageReader reader = new(message);
        reader.Seek(layout.AnswerOffset);
        for (int i = 0; i < count; i++)
        {
            ParseError error = reader.TryReadName(owner, out int ownerLength);
            RecordTail tail = default;
            if (error == ParseError.None)
                error = reader.TryReadRecordTail(out tail);
            if (error != ParseError.None)
                return $"malformed record ({error})";
            if (tail.Class != RecordClass.In || tail.Type.IsMeta)
                return $"a record of class {tail.Class} and type {tail.Type}";
            reader.Seek(tail.RdataOffset);
            error = RecordFormats.Of(tail.Type).TryReadWire(ref reader, tail.RdataLength, _rdata, out int length);
            if (error != ParseError.None)
                return $"{NameText.ToText(owner[..ownerLength], keepFinalDot: false)}/{tail.Type}: malformed data ({error})";
            Records++;
            if (_assembler.Take(owner[..ownerLength], tail.Type, TtlOf(tail), _rdata.AsSpan(0, length)) is { } unfit)
                return unfit;
            if (_assembler.Kind == TransferKind.UpToDate)
                return null; // The rest is of no use: an answer to IXFR that is the whole zone all the same.
        }

        return null;
    }

    /// <summary>A TTL with its highest bit set counts as 0 (RFC 2181 §8).</summary>
    private static uint TtlOf(RecordTail tail) => tail.TtlBits > int.MaxValue ? 0 : tail.TtlBits;
}
