using System.Diagnostics.CodeAnalysis;
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

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        bool exists = _files.TryGetValue(path, out string? text);
        content = exists ? new MemoryStream(Encoding.ASCII.GetBytes(text!)) : null;
        reason = exists ? "" : $"{path}: file not found";
        return content is not null;
    }
}
