using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Files under one folder.</summary>
internal sealed class DiskSource(string folder) : IMasterFileSource
{
    public bool TryRead(string path, out byte[] content, out string reason)
    {
        string file = Path.Combine(folder, path);
        bool exists = File.Exists(file);
        content = exists ? File.ReadAllBytes(file) : [];
        reason = exists ? "" : $"{path}: file not found";
        return exists;
    }
}
