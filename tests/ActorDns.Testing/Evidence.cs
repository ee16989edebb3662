using System.Globalization;

namespace ActorDns.Testing;

/// <summary>
/// What a run has shown, in figures: one line for each proof in the file that <c>ACTORDNS_EVIDENCE</c> names; nowhere without it.
/// </summary>
public static class Evidence
{
    private static readonly Lock Gate = new();

    /// <summary>Adds a line; to be called when the proof has succeeded.</summary>
    public static void Add(string proof, FormattableString figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (Environment.GetEnvironmentVariable("ACTORDNS_EVIDENCE") is not { Length: > 0 } file)
            return;
        lock (Gate)
            File.AppendAllText(file, $"| {proof} | {figures.ToString(CultureInfo.InvariantCulture)} |\n");
    }
}
