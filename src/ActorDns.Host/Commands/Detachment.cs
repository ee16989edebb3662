using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.Host.Commands;

/// <summary>
/// Detaching from the terminal without fork, which a managed process cannot do: the program starts itself again in a session of its own,
/// and the first process waits until the second one says that it answers, or why not.
/// </summary>
internal static partial class Detachment
{
    private const string Marker = "ACTORDNS_DETACHED";
    private const string Ready = "ready";
    private static bool _hasReported;

    /// <summary>True in the second process.</summary>
    public static bool IsDetached => Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>Starts the second process and returns the exit code of the first: 0 when the server answers.</summary>
    public static async Task<int> StartAsync()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // Not inherited: the runtime holds copies of its streams, and whoever reads ours would wait for the server's end.
            RedirectStandardError = true,
        };
        bool isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
        foreach (string argument in isHosted ? arguments : arguments[1..])
            start.ArgumentList.Add(argument);
        start.Environment[Marker] = "1";
        using Process second = Process.Start(start)!;
        second.StandardInput.Close();
        second.ErrorDataReceived += (_, received) =>
        {
            if (received.Data is not null)
                Console.Error.WriteLine(received.Data);
        };
        second.BeginErrorReadLine();
        string? word = await second.StandardOutput.ReadLineAsync();
        if (word == Ready)
            return ExitCode.Success;
        Console.Error.WriteLine(word ?? "the server ended before it could serve");
        Console.Error.Write(await second.StandardOutput.ReadToEndAsync()); // The reasons have a line each.
        return ExitCode.Failure;
    }

    /// <summary>
    /// In the second process: tells the first one that all is well (null) or what is not, and lets go of terminal and session. Does
    /// nothing in the foreground, or when it was told before.
    /// </summary>
    public static void Report(string? problem)
    {
        if (!IsDetached)
        {
            if (problem is not null)
                Console.Error.WriteLine(problem);
            return;
        }

        if (_hasReported)
            return;
        _hasReported = true;
        Console.Out.WriteLine(problem ?? Ready);
        Console.Out.Flush();
        _ = NewSession();
        using SafeFileHandle nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (int stream = 0; stream <= 2; stream++)
            _ = Duplicate(nowhere, stream);
    }

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(SafeFileHandle from, int to);
}
