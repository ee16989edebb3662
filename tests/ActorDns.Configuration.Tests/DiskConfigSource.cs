using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Tests;

/// <summary>Configuration files on disk.</summary>
internal sealed class DiskConfigSource(string workingDirectory) : IConfigSource
{
    public string WorkingDirectory => workingDirectory;

    public string? ReadFile(string absolutePath) => File.Exists(absolutePath) ? File.ReadAllText(absolutePath) : null;

    public IReadOnlyList<string> Glob(string absolutePattern)
    {
        string folder = Path.GetDirectoryName(absolutePattern) ?? "/";
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Path.GetFileName(absolutePattern)).Order(StringComparer.Ordinal)]
            : [];
    }

    public bool DirectoryExists(string absolutePath) => Directory.Exists(absolutePath);
}
