using System.Buffers.Binary;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>An extended DNS error as received (RFC 8914 §2).</summary>
/// <param name="data">The option's data, at least two octets.</param>
public readonly ref struct ExtendedErrorOption(ReadOnlySpan<byte> data)
{
    /// <summary>INFO-CODE.</summary>
    public ExtendedErrorCode Code { get; } = new(BinaryPrimitives.ReadUInt16BigEndian(data));

    /// <summary>EXTRA-TEXT in UTF-8; may be empty, and is meant for people only.</summary>
    public ReadOnlySpan<byte> Text { get; } = data[2..];
}
