namespace ActorDns.Protocol.Text;

/// <summary>Where a master file and the files that it includes come from.</summary>
public interface IMasterFileSource
{
    /// <summary>Reads a whole file. False with the reason, which names the resolved path, when it cannot be read.</summary>
    bool TryRead(string path, out byte[] content, out string reason);
}
