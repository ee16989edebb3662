namespace ActorDns.Protocol.Text;

/// <summary>What a master file's records and problems go to. Implemented by structs, so that a call per record costs nothing.</summary>
public interface IMasterFileSink
{
    /// <summary>Takes one record of the zone. Its spans are valid during the call only.</summary>
    void Record(in MasterFileRecord record);

    /// <summary>Takes a problem. Reading goes on after an error, so that several are found at once.</summary>
    void Problem(MasterFileProblem problem);
}
