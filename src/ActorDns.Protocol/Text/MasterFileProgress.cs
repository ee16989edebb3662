namespace ActorDns.Protocol.Text;

/// <summary>How far reading has come.</summary>
/// <param name="Records">Records taken so far.</param>
/// <param name="BytesRead">Octets of text read so far, those of included files among them.</param>
/// <param name="BytesTotal">Octets of the file and of what it has included so far; grows with the next $INCLUDE.</param>
public readonly record struct MasterFileProgress(long Records, long BytesRead, long BytesTotal);
