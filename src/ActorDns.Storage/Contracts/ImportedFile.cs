using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>What the store remembers of the zone file that it read last, so that a changed file is noticed.</summary>
/// <param name="Hash">Digest of the file's content, made by the caller.</param>
/// <param name="Serial">Serial that the file carried, which is not always the one it was loaded under.</param>
public sealed record ImportedFile(ReadOnlyMemory<byte> Hash, Serial Serial);
