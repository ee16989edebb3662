using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <summary>What a master file's records and problems go to. Implemented by structs, so that a call per record costs nothing.</summary>
public interface IMasterFileSink
{
    /// <summary>Takes one record. The spans are valid during the call only.</summary>
    /// <param name="owner">Owner name, absolute, uncompressed.</param>
    /// <param name="type">TYPE.</param>
    /// <param name="ttl">TTL in seconds, at most 2^31 - 1.</param>
    /// <param name="rdata">RDATA, uncompressed.</param>
    /// <param name="file">The file as it was named.</param>
    /// <param name="line">The line that the record starts on.</param>
    void Record(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata, string file, int line);

    /// <summary>Takes a problem. Reading goes on after an error, so that several are found at once.</summary>
    void Problem(MasterFileProblem problem);
}
