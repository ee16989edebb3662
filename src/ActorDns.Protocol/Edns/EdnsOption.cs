using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>One option of an OPT record by place (RFC 6891 §6.1.2).</summary>
/// <param name="Code">OPTION-CODE.</param>
/// <param name="DataOffset">Where OPTION-DATA starts, from the message's first octet.</param>
/// <param name="DataLength">OPTION-LENGTH.</param>
public readonly record struct EdnsOption(EdnsOptionCode Code, int DataOffset, int DataLength)
{
    /// <summary>OPTION-DATA within <paramref name="message"/>.</summary>
    public ReadOnlySpan<byte> Data(ReadOnlySpan<byte> message) => message.Slice(DataOffset, DataLength);
}
