using ActorDns.Protocol.Text;

namespace ActorDns.Host.Wiring;

/// <summary>Reads master files from disk; relative paths start at one directory, as BIND's <c>directory</c> has it.</summary>
/// <param name="directory">Where relative paths start.</param>
public sealed class FileMasterSource(string directory) : IMasterFileSource
{
    /// <inheritdoc/>
    public bool TryRead(string path, out byte[] content, out string reason)
    {
        string resolved = Path.GetFullPath(path, directory);
        content = [];
        reason = "";
        try
        {
            content = File.ReadAllBytes(resolved);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            string why = failure is FileNotFoundException or DirectoryNotFoundException ? "file not found" : failure.Message;
            reason = $"{resolved}: {why}";
            return false;
        }
    }
}
