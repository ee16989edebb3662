using System.Buffers.Binary;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>
/// A message of the control channel: a version, a signature, and the tables <c>_ctrl</c> (who, when, which connection) and
/// <c>_data</c> (the command or its outcome).
/// </summary>
/// <param name="Control">The table <c>_ctrl</c>.</param>
/// <param name="Data">The table <c>_data</c>.</param>
internal sealed record ControlMessage(ControlTable Control, ControlTable Data)
{
    /// <summary>Longest request that a server takes, in octets without the length.</summary>
    public const int MaxRequestBytes = 32_768;

    /// <summary>Longest reply that a client takes, in octets without the length.</summary>
    public const int MaxReplyBytes = 1 << 20;

    /// <summary>Octets of the length before each message.</summary>
    public const int LengthBytes = sizeof(uint);

    private const uint Version = 1;

    /// <summary>Reads a message without its length and verifies it with the first key that fits, over the octets as they came.</summary>
    public static ControlFault TryRead(
        ReadOnlySpan<byte> payload, IReadOnlyList<TsigKey> keys, out ControlMessage? message, out TsigKey? verifiedBy)
    {
        message = null;
        verifiedBy = null;
        if (payload.Length < sizeof(uint))
            return ControlFault.UnexpectedEnd;
        if (BinaryPrimitives.ReadUInt32BigEndian(payload) != Version)
            return ControlFault.UnknownVersion;
        ReadOnlySpan<byte> tables = payload[sizeof(uint)..];
        ControlFault fault = ControlReader.TryReadFirst(
            tables, out string name, out ReadOnlySpan<byte> value, out bool isTable, out int length);
        if (fault != ControlFault.None)
            return fault;
        if (name != ControlSignature.EntryName || !isTable || ControlReader.TryReadTable(value, out ControlTable auth) != ControlFault.None)
            return ControlFault.BadAuth;
        ReadOnlySpan<byte> signed = tables[length..];
        foreach (TsigKey key in keys)
        {
            if (verifiedBy is null && ControlSignature.Verifies(key, auth, signed))
                verifiedBy = key;
        }

        if (verifiedBy is null)
            return ControlFault.BadAuth;
        fault = ControlReader.TryReadTable(signed, out ControlTable body);
        if (fault != ControlFault.None)
            return fault;
        if (body.Table("_ctrl") is not { } control || body.Table("_data") is not { } data)
            return ControlFault.Syntax;
        message = new ControlMessage(control, data);
        return ControlFault.None;
    }

    /// <summary>The message with its length, signed.</summary>
    public byte[] Write(TsigKey key)
    {
        List<byte> signed = [];
        ControlWriter.Append(signed, new ControlTable().Set("_ctrl", Control).Set("_data", Data));
        List<byte> head = [];
        ControlTable signature = ControlSignature.Sign(key, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(signed));
        ControlWriter.Append(head, new ControlTable().Set(ControlSignature.EntryName, signature));
        byte[] frame = new byte[LengthBytes + sizeof(uint) + head.Count + signed.Count];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(frame.Length - LengthBytes));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(LengthBytes), Version);
        head.CopyTo(frame, LengthBytes + sizeof(uint));
        signed.CopyTo(frame, LengthBytes + sizeof(uint) + head.Count);
        return frame;
    }
}
