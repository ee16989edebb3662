using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.Host.Tests.Commands;

/// <summary>Runs programs: ours as a process of its own, and BIND's tools beside it.</summary>
internal static class Program
{
    public static Task<(int Code, string Output, string Error)> OursAsync(params string[] arguments) =>
        FinishAsync(StartOurs(arguments));

    public static async Task<(int Code, string Output, string Error)> ToolAsync(string tool, params string[] arguments)
    {
        ProcessStartInfo start = Info(tool);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return await FinishAsync(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException($"{tool} is missing: install the Debian packages bind9 and bind9-utils");
        }
    }

    public static Process StartOurs(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = Info("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "actordns.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal by kill(1).</summary>
    public static async Task SignalAsync(int process, string signal) => await ToolAsync("kill", $"-{signal}", $"{process}");

    /// <summary>Reads a stream up to a line that ends so; every line so far.</summary>
    public static async Task<List<string>> ReadToAsync(StreamReader reader, string end)
    {
        List<string> lines = [];
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.EndsWith(end, StringComparison.Ordinal))
                return lines;
        }

        throw new InvalidOperationException($"no line ends with '{end}':\n{string.Join('\n', lines)}");
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ProcessStartInfo Info(string file) => new(file)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    };

    private static async Task<(int Code, string Output, string Error)> FinishAsync(Process started)
    {
        using Process process = started;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
