using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Text;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Master files on disk, where zones are written back to.</summary>
internal sealed class DiskFiles : IMasterFileSource
{
    public string this[string path]
    {
        set => File.WriteAllText(path, value);
    }

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        content = File.Exists(path) ? File.OpenRead(path) : null;
        reason = content is null ? $"{path}: file not found" : "";
        return content is not null;
    }
}
