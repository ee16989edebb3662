using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>An unsigned number of 8, 16 or 32 bits in decimal.</summary>
internal sealed class NumberField(string name, int bytes) : RdataField(name, bytes)
{
    private readonly uint _max = (uint)((1ul << (bytes * 8)) - 1);

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (!DecimalText.TryParse(word, _max, out uint value))
            return builder.Fail(Name, word, $"is not a number from 0 to {_max}");
        return TryAppend(ref builder, value, FixedBytes);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < FixedBytes ? -1 : FixedBytes;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) => text.Append(Read(field));

    /// <summary>Adds a number of one, two or four octets.</summary>
    internal static bool TryAppend(ref RdataBuilder builder, uint value, int bytes) => bytes switch
    {
        1 => builder.TryAppendByte((byte)value),
        2 => builder.TryAppendUInt16((ushort)value),
        _ => builder.TryAppendUInt32(value),
    };

    /// <summary>Reads a number of one, two or four octets.</summary>
    internal static uint Read(ReadOnlySpan<byte> field) => field.Length switch
    {
        1 => field[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(field),
        _ => BinaryPrimitives.ReadUInt32BigEndian(field),
    };
}
