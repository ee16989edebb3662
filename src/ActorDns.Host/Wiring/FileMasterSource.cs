using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Text;

namespace ActorDns.Host.Wiring;

/// <summary>Reads master files from disk; relative paths start at one directory, as BIND's <c>directory</c> has it.</summary>
/// <param name="directory">Where relative paths start.</param>
public sealed class FileMasterSource(string directory) : IMasterFileSource
{
    private static readonly FileStreamOptions Options = new()
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    };

    /// <summary>The absolute path of a file that could be opened.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, directory);

    /// <inheritdoc/>
    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        string resolved = path;
        content = null;
        reason = "";
        try
        {
            resolved = Resolve(path);
            content = new FileStream(resolved, Options);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string why = failure is FileNotFoundException or DirectoryNotFoundException ? "file not found" : failure.Message;
            reason = resolved == path ? why : $"{resolved}: {why}";
            return false;
        }
    }
}
