using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Keys;

/// <summary>A text that was read already and stands for a file; nothing can be included from it.</summary>
/// <param name="text">The text.</param>
internal sealed class OneTextSource(string text) : IConfigSource
{
    /// <summary>The path of the file that it stands for.</summary>
    public const string Path = "/input";

    public string WorkingDirectory => "/";

    public string? ReadFile(string absolutePath) => absolutePath == Path ? text : null;

    public IReadOnlyList<string> Glob(string absolutePattern) => [];

    public bool DirectoryExists(string absolutePath) => true;
}
