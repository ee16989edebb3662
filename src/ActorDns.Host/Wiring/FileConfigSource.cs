using System.IO.Enumeration;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Wiring;

/// <summary>Configuration text from disk.</summary>
/// <param name="workingDirectory">Where relative names start until a <c>directory</c> statement has been read.</param>
public sealed class FileConfigSource(string workingDirectory) : IConfigSource
{
    /// <inheritdoc/>
    public string WorkingDirectory { get; } = Path.GetFullPath(workingDirectory);

    /// <inheritdoc/>
    public string? ReadFile(string absolutePath)
    {
        try
        {
            return File.ReadAllText(absolutePath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Glob(string absolutePattern)
    {
        IEnumerable<string> found = ["/"];
        foreach (string part in absolutePattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = found.SelectMany(directory => Expand(directory, part));
        return [.. found.Where(File.Exists).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string absolutePath) => Directory.Exists(absolutePath);

    private static IEnumerable<string> Expand(string directory, string part)
    {
        if (part.AsSpan().IndexOfAny('*', '?', '[') < 0)
            return [Path.Combine(directory, part)];
        if (!Directory.Exists(directory))
            return [];

        // A leading dot is matched by a leading dot only (glob(7)).
        return Directory.EnumerateFileSystemEntries(directory)
            .Where(path => Path.GetFileName(path) is var name
                && (name[0] != '.' || part[0] == '.')
                && FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false));
    }
}
