using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Files by name, in Latin-1.</summary>
internal sealed class MemorySource : Dictionary<string, byte[]>, IMasterFileSource
{
    public void Add(string path, string text) => Add(path, Encoding.Latin1.GetBytes(text));

    public bool TryRead(string path, out byte[] content, out string reason)
    {
        bool exists = TryGetValue(path, out byte[]? found);
        content = found ?? [];
        reason = exists ? "" : $"{path}: file not found";
        return exists;
    }
}
