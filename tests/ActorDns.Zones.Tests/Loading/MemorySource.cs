using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Files by name, in Latin-1.</summary>
internal sealed class MemorySource : Dictionary<string, byte[]>, IMasterFileSource
{
    public void Add(string path, string text) => Add(path, Encoding.Latin1.GetBytes(text));

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        bool exists = TryGetValue(path, out byte[]? found);
        content = exists ? new MemoryStream(found!) : null;
        reason = exists ? "" : $"{path}: file not found";
        return content is not null;
    }
}
