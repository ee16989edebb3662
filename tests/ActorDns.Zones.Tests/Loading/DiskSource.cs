using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Files under one folder.</summary>
internal sealed class DiskSource(string folder) : IMasterFileSource
{
    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        string file = Path.Combine(folder, path);
        bool exists = File.Exists(file);
        content = exists ? File.OpenRead(file) : null;
        reason = exists ? "" : $"{path}: file not found";
        return content is not null;
    }
}
