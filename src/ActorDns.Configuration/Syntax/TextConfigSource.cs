namespace ActorDns.Configuration.Syntax;

/// <summary>One text that stands for a file; nothing can be included from it.</summary>
internal sealed class TextConfigSource(string name, string text, string directory) : IConfigSource
{
    public string WorkingDirectory => directory;

    public string? ReadFile(string absolutePath) =>
        absolutePath.EndsWith(name, StringComparison.Ordinal) ? text : null;

    public IReadOnlyList<string> Glob(string absolutePattern) => [];

    public bool DirectoryExists(string absolutePath) => true;
}
