namespace ActorDns.Protocol.Records;

/// <summary>Looks at whole RDATA for what no single field can see; says what is wrong, or null.</summary>
internal delegate string? RdataCheck(ReadOnlySpan<byte> rdata);
