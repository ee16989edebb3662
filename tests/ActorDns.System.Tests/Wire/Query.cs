using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.System.Tests.Wire;

/// <summary>One question with everything that may change its answer.</summary>
/// <param name="Name">The name in presentation form, absolute.</param>
/// <param name="Type">The type asked for.</param>
/// <param name="PayloadSize">The UDP size that EDNS offers; 0 sends no EDNS.</param>
/// <param name="WantsDnssec">DO.</param>
/// <param name="WantsRecursion">RD.</param>
/// <param name="OverTcp">Whether to ask over TCP.</param>
public sealed record Query(string Name, RecordType Type, int PayloadSize, bool WantsDnssec, bool WantsRecursion, bool OverTcp)
{
    public byte[] Build(ushort id, ushort recordClass = 1)
    {
        byte[] name = DomainName.Parse(Name).Wire.ToArray();
        byte[] opt = PayloadSize == 0
            ? []
            : [0, 0, 41, (byte)(PayloadSize >> 8), (byte)PayloadSize, 0, 0, (byte)(WantsDnssec ? 0x80 : 0), 0, 0, 0];
        byte[] message =
        [
            0, 0, (byte)(WantsRecursion ? 1 : 0), 0, 0, 1, 0, 0, 0, 0, 0, (byte)(opt.Length == 0 ? 0 : 1),
            .. name, (byte)(Type.Value >> 8), (byte)Type.Value, (byte)(recordClass >> 8), (byte)recordClass, .. opt,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        return message;
    }
}
