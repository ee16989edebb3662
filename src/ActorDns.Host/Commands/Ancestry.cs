namespace ActorDns.Host.Commands;

/// <summary>Finds what comes with the source: looked for upwards from the working directory and from the program.</summary>
internal static class Ancestry
{
    /// <summary>The file or folder of that relative path; null when there is none.</summary>
    public static string? Find(string relative) => new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
        .SelectMany(Ancestors)
        .Select(directory => Path.Combine(directory, relative))
        .FirstOrDefault(Path.Exists);

    private static IEnumerable<string> Ancestors(string start)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
