using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Tests;

/// <summary>Configuration files held in memory; every directory exists unless it is named as missing.</summary>
internal sealed class MemoryConfigSource(params (string Path, string Text)[] files) : IConfigSource
{
    public string WorkingDirectory => "/etc/bind";

    public HashSet<string> MissingDirectories { get; } = [];

    public static LoadResult Load(string text) =>
        ConfigLoader.Load("/etc/bind/named.conf", new MemoryConfigSource(("/etc/bind/named.conf", text)));

    public string? ReadFile(string absolutePath) =>
        files.Where(f => f.Path == absolutePath).Select(f => f.Text).FirstOrDefault();

    public IReadOnlyList<string> Glob(string absolutePattern)
    {
        string folder = FolderOf(absolutePattern);
        string pattern = absolutePattern.Replace(folder, "", StringComparison.Ordinal);
        return
        [
            .. files.Select(f => f.Path)
                .Where(p => FolderOf(p) == folder && Matches(pattern, Path.GetFileName(p)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) + "/";

    private static bool Matches(string pattern, string name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    public bool DirectoryExists(string absolutePath) => !MissingDirectories.Contains(absolutePath);
}
