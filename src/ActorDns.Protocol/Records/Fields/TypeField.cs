using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A record type as a field: mnemonic or <c>TYPEnnn</c>.</summary>
internal sealed class TypeField(string name) : RdataField(name, 2)
{
    private const int MaxTypeChars = 16;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        return TryParseType(word, out RecordType type)
            ? builder.TryAppendUInt16(type.Value)
            : builder.Fail(Name, word, "is not a record type");
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < 2 ? -1 : 2;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        text.Append(new RecordType(BinaryPrimitives.ReadUInt16BigEndian(field)).ToString());

    /// <summary>Reads a mnemonic or the generic form from octets.</summary>
    internal static bool TryParseType(ReadOnlySpan<byte> word, out RecordType type)
    {
        type = default;
        Span<char> chars = stackalloc char[MaxTypeChars];
        return word.Length <= MaxTypeChars
            && Ascii.ToUtf16(word, chars, out int length) == System.Buffers.OperationStatus.Done
            && RecordType.TryParse(chars[..length], out type);
    }
}
