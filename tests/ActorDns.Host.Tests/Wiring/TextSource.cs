using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Tests.Wiring;

/// <summary>A configuration in memory, as <c>/named.conf</c>.</summary>
internal sealed class TextSource(string text) : IConfigSource
{
    public string WorkingDirectory => "/";

    public string? ReadFile(string absolutePath) => absolutePath == "/named.conf" ? text : null;

    public IReadOnlyList<string> Glob(string absolutePattern) => [];

    public bool DirectoryExists(string absolutePath) => true;
}
