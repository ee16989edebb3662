using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Runs the real <c>named-checkzone</c> and <c>named-compilezone</c>.</summary>
internal static class NamedZoneTool
{
    public static (int ExitCode, string Output) Check(string folder, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Run("named-checkzone", folder, arguments);
        return (exitCode, output + errors);
    }

    public static (int ExitCode, string Zone, string Messages) Compile(string folder, params string[] arguments) =>
        Run("named-compilezone", folder, [.. arguments]);

    private static (int ExitCode, string Output, string Errors) Run(string tool, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{tool} is not installed: install the Debian package bind9-utils");
            throw;
        }
    }
}
