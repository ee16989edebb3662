using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Harness;

/// <summary>The clients written with other implementations' libraries.</summary>
public static class Script
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(TestSize.Pick(60, 120, 900)); // They keep a zone as objects.

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Scripts", name);

    /// <summary>Runs a script with Debian's Python or Perl, as its name ends.</summary>
    public static Task<ToolResult> RunAsync(string name, params string[] arguments) =>
        Tool.RunAsync(name.EndsWith(".py", StringComparison.Ordinal) ? "python3" : "perl", [PathOf(name), .. arguments], null, Deadline);
}
