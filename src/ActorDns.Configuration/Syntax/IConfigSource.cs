namespace ActorDns.Configuration.Syntax;

/// <summary>Where configuration text comes from. The library does no file access of its own.</summary>
public interface IConfigSource
{
    /// <summary>The absolute directory that relative names start from until a <c>directory</c> statement has been read.</summary>
    string WorkingDirectory { get; }

    /// <summary>Reads a whole file by absolute path; null when it does not exist or cannot be read.</summary>
    string? ReadFile(string absolutePath);

    /// <summary>Expands a glob(7) pattern with an absolute path to the existing files it matches, in name order.</summary>
    IReadOnlyList<string> Glob(string absolutePattern);

    /// <summary>True when the absolute path names an existing directory.</summary>
    bool DirectoryExists(string absolutePath);
}
