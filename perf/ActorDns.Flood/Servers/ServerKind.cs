using System.Diagnostics;
using System.Globalization;

namespace ActorDns.Flood.Servers;

/// <summary>
/// A vendor's server: how it is configured for a scene and started in the foreground. Everybody gets the same zones and permissions, as many
/// workers as it has cores, minimal answers, no rate limits, and its own durable default where it journals.
/// </summary>
internal abstract class ServerKind
{
    /// <summary>Ours, as the tables name it.</summary>
    public const string Ours = "ActorDns";

    /// <summary>As the tables show it.</summary>
    public abstract string Name { get; }

    /// <summary>The program.</summary>
    public abstract string Program { get; }

    /// <summary>The Debian package that has the program; null for ours.</summary>
    public virtual string? Package => null;

    /// <summary>Whether it can be a primary that takes updates.</summary>
    public virtual bool TakesUpdates => true;

    /// <summary>Whether it can be told to send NOTIFY when a zone changes, and not some time later.</summary>
    public virtual bool NotifiesAtOnce => false;

    /// <summary>Writes its files into a folder of its own; gives the command.</summary>
    public abstract string[] Prepare(Scene scene, string folder, int port, int cores);

    /// <summary>All that are measured; ours, which has its program at <paramref name="publishedPath"/>, first.</summary>
    public static ServerKind[] All(string publishedPath) =>
        [new ActorDnsKind(publishedPath), new BindKind(), new NsdKind(), new KnotKind(), new PowerDnsKind(), new YadifaKind()];

    /// <summary>The version of the package, or of the program itself.</summary>
    public string Version() =>
        Package is null ? Output(Program, "--version").Trim() : Output("dpkg-query", "-W", "-f", "${Version}", Package).Trim();

    /// <summary>A number as configurations have it.</summary>
    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text for each zone of a scene, one after the other.</summary>
    protected static string ForEach(Scene scene, Func<SceneZone, string> text) => string.Concat(scene.Zones.Select(text));

    /// <summary>Runs a tool to its end; its output.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    protected static string Output(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }
}
