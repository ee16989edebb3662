using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>
/// An UPDATE read out of a message (RFC 2136 §2): zone, prerequisites and updates, copied. The additional section is not looked at: glue
/// outside the zone is of no use to a primary that serves the zone only (§2.6).
/// </summary>
public sealed class UpdateMessage
{
    private readonly UpdateRecord[] _records;
    private readonly int _prerequisites;

    private UpdateMessage(DomainName zone, RecordClass zoneClass, UpdateRecord[] records, int prerequisites)
    {
        Zone = zone;
        ZoneClass = zoneClass;
        _records = records;
        _prerequisites = prerequisites;
    }

    /// <summary>ZNAME.</summary>
    public DomainName Zone { get; }

    /// <summary>ZCLASS.</summary>
    public RecordClass ZoneClass { get; }

    /// <summary>The prerequisite section.</summary>
    public ReadOnlySpan<UpdateRecord> Prerequisites => _records.AsSpan(0, _prerequisites);

    /// <summary>The update section.</summary>
    public ReadOnlySpan<UpdateRecord> Updates => _records.AsSpan(_prerequisites);

    /// <summary>
    /// Reads a message whose opcode is UPDATE, with or without its TSIG record. False means FORMERR, and <paramref name="reason"/> says
    /// why: a zone section that is not one SOA (RFC 2136 §3.1.1), or octets that are no records.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> message, [NotNullWhen(true)] out UpdateMessage? update, [NotNullWhen(false)] out string? reason)
    {
        update = null;
        ParseError error = MessageScan.TryScan(message, out MessageLayout layout);
        reason = error switch
        {
            ParseError.BadQuestionCount => "update zone section contains multiple RRs",
            not ParseError.None => $"malformed message ({error})",
            _ when layout.QuestionCount == 0 => "update zone section empty",
            _ when layout.QuestionType != RecordType.Soa => "update zone section contains non-SOA",
            _ => null,
        };
        if (reason is not null)
            return false;

        int prerequisites = MessageHeader.Count(message, 1);
        UpdateRecord[] records = new UpdateRecord[prerequisites + MessageHeader.Count(message, 2)];
        MessageReader reader = new(message);
        reader.Seek(layout.AnswerOffset);
        byte[] rdata = ArrayPool<byte>.Shared.Rent(RecordFormat.MaxRdataBytes);
        error = ReadRecords(ref reader, records, prerequisites, new UpdateOctets(2 * message.Length), rdata);
        ArrayPool<byte>.Shared.Return(rdata);
        if (error != ParseError.None)
        {
            reason = $"malformed record ({error})";
            return false;
        }

        update = new UpdateMessage(
            DomainName.FromWire(layout.QuestionName(message)), layout.QuestionClass, records, prerequisites);
        return true;
    }

    private static ParseError ReadRecords(
        ref MessageReader reader, Span<UpdateRecord> records, int prerequisites, UpdateOctets octets, byte[] rdata)
    {
        Span<byte> owner = stackalloc byte[WireName.MaxBytes];
        for (int index = 0; index < records.Length; index++)
        {
            ParseError error = reader.TryReadName(owner, out int ownerLength);
            if (error != ParseError.None)
                return error;
            error = reader.TryReadRecordTail(out RecordTail tail);
            if (error != ParseError.None)
                return error;
            int rdataLength = 0;
            if (tail.RdataLength > 0 || !MayBeEmpty(tail.Class, isUpdate: index >= prerequisites))
            {
                error = ReadRdata(ref reader, tail, rdata, out rdataLength);
                if (error != ParseError.None)
                    return error;
            }

            records[index] = new UpdateRecord(
                octets, octets.Length, ownerLength, rdataLength, tail.Type, tail.Class, tail.TtlBits);
            octets.Append(owner[..ownerLength]);
            octets.Append(rdata.AsSpan(0, rdataLength));
        }

        return ParseError.None;
    }

    // Without RDATA a record is about a set or a name, whatever the form of its type; class NONE in the update section names one record.
    private static bool MayBeEmpty(RecordClass recordClass, bool isUpdate) =>
        recordClass == RecordClass.Any || (recordClass == RecordClass.None && !isUpdate);

    private static ParseError ReadRdata(ref MessageReader reader, RecordTail tail, Span<byte> rdata, out int length)
    {
        reader.Seek(tail.RdataOffset);
        return RecordFormats.Of(tail.Type).TryReadWire(ref reader, tail.RdataLength, rdata, out length);
    }
}
