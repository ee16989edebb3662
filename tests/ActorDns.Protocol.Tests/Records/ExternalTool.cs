using System.Diagnostics;

namespace ActorDns.Protocol.Tests.Records;

/// <summary>Runs a program of another DNS implementation as a referee.</summary>
internal static class ExternalTool
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Runs <paramref name="name"/> and gives what it printed; a missing program fails with the package to install.</summary>
    public static string Run(string name, string package, string input, params string[] arguments)
    {
        string? path = Folders
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{name} is missing; install the Debian package {package}");
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Deadline), $"{name} did not end");
        Assert.True(process.ExitCode == 0, $"{name} failed: {output}{error.Result}");
        return output;
    }
}
