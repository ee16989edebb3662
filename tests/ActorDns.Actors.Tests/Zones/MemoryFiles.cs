using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Actors.Tests.Zones;

/// <summary>Master files in memory.</summary>
internal sealed class MemoryFiles : IMasterFileSource
{
    private readonly Dictionary<string, string> _files = [];

    public string this[string path]
    {
        set => _files[path] = value;
    }

    public bool TryRead(string path, out byte[] content, out string reason)
    {
        bool exists = _files.TryGetValue(path, out string? text);
        content = Encoding.ASCII.GetBytes(text ?? "");
        reason = exists ? "" : $"{path}: file not found";
        return exists;
    }
}
