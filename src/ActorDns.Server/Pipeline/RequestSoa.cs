using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>The serial of the SOA that some requests carry for the name they ask about.</summary>
internal static class RequestSoa
{
    /// <summary>The serial that an IXFR client has, in the authority section (RFC 1995 §3); null when it is not there.</summary>
    public static Serial? InAuthority(in Request request) =>
        MessageHeader.Count(request.Message, 2) == 0 ? null : Read(request, request.Layout.AuthorityOffset);

    /// <summary>The serial that a NOTIFY hints at, in the answer section (RFC 1996 §3.7); null when it is not there.</summary>
    public static Serial? InAnswer(in Request request) =>
        MessageHeader.Count(request.Message, 1) == 0 ? null : Read(request, request.Layout.AnswerOffset);

    private static Serial? Read(in Request request, int offset)
    {
        MessageReader reader = new(request.Message);
        reader.Seek(offset);
        Span<byte> name = stackalloc byte[WireName.MaxBytes];
        if (reader.TryReadName(name, out int length) != ParseError.None
            || !WireName.Equal(name[..length], request.Layout.QuestionName(request.Message))
            || reader.TryReadRecordTail(out RecordTail tail) != ParseError.None
            || tail.Type != RecordType.Soa)
        {
            return null;
        }

        MessageReader rdata = new(request.Message[..(tail.RdataOffset + tail.RdataLength)]);
        rdata.Seek(tail.RdataOffset);
        return rdata.TrySkipName() == ParseError.None
            && rdata.TrySkipName() == ParseError.None
            && rdata.TryReadUInt32(out uint value) == ParseError.None
                ? new Serial(value)
                : null;
    }
}
