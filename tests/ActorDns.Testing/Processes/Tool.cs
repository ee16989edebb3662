using System.Diagnostics;

namespace ActorDns.Testing.Processes;

/// <summary>Programs that the tests use, found by name; one that is missing names the Debian package that has it.</summary>
public static class Tool
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(120);
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/usr/local/sbin"];

    private static readonly Dictionary<string, string> Packages = new()
    {
        ["named"] = "bind9",
        ["named-checkconf"] = "bind9-utils",
        ["named-checkzone"] = "bind9-utils",
        ["named-compilezone"] = "bind9-utils",
        ["dnssec-keygen"] = "bind9-utils",
        ["dnssec-signzone"] = "bind9-utils",
        ["tsig-keygen"] = "bind9",
        ["rndc"] = "bind9",
        ["dig"] = "bind9-dnsutils",
        ["delv"] = "bind9-dnsutils",
        ["nsupdate"] = "bind9-dnsutils",
        ["kdig"] = "knot-dnsutils",
        ["knsupdate"] = "knot-dnsutils",
        ["knotd"] = "knot",
        ["nsd"] = "nsd",
        ["pdns_server"] = "pdns-server",
        ["pdnsutil"] = "pdns-server",
        ["unbound"] = "unbound",
        ["sqlite3"] = "sqlite3",
        ["psql"] = "postgresql",
        ["runuser"] = "util-linux",
        ["setpriv"] = "util-linux",
        ["strace"] = "strace",
        ["drill"] = "ldnsutils",
        ["certbot"] = "certbot and python3-certbot-dns-rfc2136",
        ["kea-dhcp-ddns"] = "kea-dhcp-ddns-server",
        ["python3"] = "python3-dnspython",
        ["promtool"] = "prometheus",
        ["perl"] = "libnet-dns-perl",
    };

    /// <summary>The full path of a program, looked for in Debian's folders before anything else that PATH may hold.</summary>
    public static string Find(string name)
    {
        if (Path.IsPathRooted(name))
            return name;
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string? found = Folders.Concat(path.Split(':')).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        string package = Packages.GetValueOrDefault(name, name);
        return found ?? throw new InvalidOperationException($"{name} is missing: install the Debian package {package}");
    }

    /// <summary>Runs a program to its end.</summary>
    public static Task<ToolResult> RunAsync(string name, params string[] arguments) => RunAsync(name, arguments, null, null);

    /// <summary>Runs a program to its end, feeding it <paramref name="input"/>; it is killed at the deadline.</summary>
    public static async Task<ToolResult> RunAsync(string name, string[] arguments, string? input, TimeSpan? deadline = null)
    {
        ProcessStartInfo start = new(Find(name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using CancellationTokenSource late = new(deadline ?? DefaultDeadline);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} {string.Join(' ', arguments)} did not end in time:\n{await output}\n{await errors}");
        }

        return new ToolResult($"{name} {string.Join(' ', arguments)}", process.ExitCode, await output, await errors);
    }
}
