using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Harness;

/// <summary>Zones as sorted lines, written by <c>named-compilezone</c>: two sources of one zone give the same lines.</summary>
public static class ZoneText
{
    private const int ShownDifferences = 10;

    private static readonly string[] Unchecked =
        ["-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore", "-r", "ignore", "-S", "ignore", "-W", "ignore"];

    /// <summary>Every record of a master file, or of the output of a client that prints records as one.</summary>
    public static async Task<string[]> CanonicalAsync(string zone, string file)
    {
        string target = file + ".canonical";
        (await Tool.RunAsync("named-compilezone", [.. Unchecked, "-q", "-f", "text", "-F", "text", "-s", "full", "-o", target, zone, file]))
            .OrThrow();
        string[] lines = [.. (await File.ReadAllLinesAsync(target)).Where(line => line.Length > 0 && line[0] is not ';')];
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The same for text that a client printed.</summary>
    public static Task<string[]> CanonicalOfAsync(string zone, string text, TempFolder folder) =>
        CanonicalAsync(zone, folder.Write($"{Guid.NewGuid():N}.zone", text));

    /// <summary>Fails with the first differences when two sorted zones are not the same.</summary>
    public static void AssertSame(string[] expected, string[] actual)
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return;
        IEnumerable<string> missing = expected.Except(actual).Take(ShownDifferences).Select(line => "- " + line);
        IEnumerable<string> extra = actual.Except(expected).Take(ShownDifferences).Select(line => "+ " + line);
        Assert.Fail($"{expected.Length} records expected, {actual.Length} found:\n{string.Join('\n', missing.Concat(extra))}");
    }
}
