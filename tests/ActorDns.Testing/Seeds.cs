namespace ActorDns.Testing;

/// <summary>The saved inputs under seeds: hexadecimal lines in *.hex, text as it is in the rest.</summary>
public static class Seeds
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "seeds");

    public static byte[][] Hex(string name) =>
    [
        .. File.ReadLines(Path.Combine(Folder, name + ".hex"))
            .Select(line => line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal))
            .Where(line => line.Length > 0)
            .Select(Convert.FromHexString),
    ];

    public static byte[][] Text(string pattern) =>
        [.. Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
