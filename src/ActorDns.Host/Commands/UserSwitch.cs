using System.Runtime.InteropServices;

namespace ActorDns.Host.Commands;

/// <summary>
/// Running as another user with the right to bind low ports (<c>-u</c>). Capabilities belong to threads, and a managed process has many
/// before it runs a line of ours; so the process replaces itself, by setpriv(1), with one that has been that user from its first
/// thread on.
/// </summary>
internal static partial class UserSwitch
{
    private const string Tool = "setpriv";

    /// <summary>Returns true when the process is that user already, replaces the process otherwise, or says why it cannot.</summary>
    public static bool TryBecome(string user, out string? problem)
    {
        problem = null;
        uint current = EffectiveUser();
        if (!TryFindUser(user, out uint wanted))
        {
            problem = $"user '{user}' is unknown";
            return false;
        }

        if (wanted == current)
            return true;
        if (current != 0)
        {
            problem = $"only root can become '{user}'";
            return false;
        }

        List<string?> arguments =
        [
            Tool, $"--reuid={user}", $"--regid={GroupOf(user)}", "--init-groups",
            "--inh-caps=-all,+net_bind_service", "--ambient-caps=-all,+net_bind_service", "--bounding-set=-all,+net_bind_service",
            "--no-new-privs", Environment.ProcessPath!,
        ];
        string[] own = Environment.GetCommandLineArgs();
        bool isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
        arguments.AddRange(isHosted ? own : own[1..]);
        arguments.Add(null);
        _ = Replace(Tool, [.. arguments]); // Returns only when it fails.
        problem = $"cannot run {Tool} (package util-linux): {Marshal.GetLastPInvokeErrorMessage()}";
        return false;
    }

    private static bool TryFindUser(string user, out uint id)
    {
        id = 0;
        string[]? entry = EntryOf(user);
        return entry is not null && uint.TryParse(entry[2], out id);
    }

    private static string GroupOf(string user) => EntryOf(user) is { } entry ? entry[3] : user;

    private static string[]? EntryOf(string user) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .FirstOrDefault(fields => fields.Length > 3 && fields[0] == user);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string file, string?[] arguments);
}
