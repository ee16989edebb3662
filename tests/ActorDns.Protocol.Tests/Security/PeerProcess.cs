using System.ComponentModel;
using System.Diagnostics;

namespace ActorDns.Protocol.Tests.Security;

/// <summary>Runs a script of another implementation, and says which Debian package is missing when it cannot.</summary>
internal static class PeerProcess
{
    /// <summary>Feeds lines to a script's standard input and returns the lines of its output.</summary>
    public static string[] Run(string program, string package, string[] arguments, IEnumerable<string> input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            foreach (string line in input)
                process.StandardInput.WriteLine(line);
            process.StandardInput.Close();
            process.WaitForExit();
            string said = errors.GetAwaiter().GetResult();
            Assert.True(process.ExitCode == 0, $"{program} failed; is the Debian package {package} installed? {said}");
            return output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception missing)
        {
            Assert.Fail($"{program} cannot be run ({missing.Message}); install the Debian package {package}");
            return [];
        }
    }
}
