using System.ComponentModel;
using System.Diagnostics;

namespace ActorDns.Configuration.Tests;

/// <summary>Runs the real <c>named-checkconf</c>.</summary>
internal static class NamedCheckconf
{
    public static (int ExitCode, string Output, string Errors) Run(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("named-checkconf", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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
            Assert.Fail("named-checkconf is not installed: install the Debian package bind9-utils");
            throw;
        }
    }
}
