using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Protocol.Text;

/// <summary>Where a master file and the files that it includes come from.</summary>
public interface IMasterFileSource
{
    /// <summary>
    /// Opens a file to be read from its start and disposed of. False with the reason, which names the resolved path, when it cannot be
    /// opened.
    /// </summary>
    bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason);
}
