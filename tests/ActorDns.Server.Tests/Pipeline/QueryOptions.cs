using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>What a test's query carries beside its question.</summary>
internal sealed record QueryOptions
{
    public Opcode Opcode { get; init; } = Opcode.Query;

    public RecordClass Class { get; init; } = RecordClass.In;

    public ushort Flags { get; init; }

    public bool Edns { get; init; }

    public byte EdnsVersion { get; init; }

    public ushort PayloadBytes { get; init; } = 1232;

    public bool DnssecOk { get; init; }

    public bool Nsid { get; init; }

    public bool Expire { get; init; }

    public byte[] Cookie { get; init; } = [];

    public TsigKey? Key { get; init; }

    public long? SignedAt { get; init; }
}
