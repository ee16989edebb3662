using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorDns.Host.Tests.Commands;

public sealed partial class NamedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NamedCommandTests()
    {
        _folder.Write("db", "$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Log_of_flag_g_has_the_lines_of_BIND_in_the_layout_of_BIND()
    {
        List<string> ours = await LinesOfAsync(Program.StartOurs(["named", "-g", "-c", Configuration()]));
        ProcessStartInfo start = new("named") { RedirectStandardError = true, ArgumentList = { "-g", "-c", Configuration() } };
        List<string> theirs = await LinesOfAsync(Process.Start(start)!);
        string[] expected =
        [
            "zone example.com/IN: loaded serial 7", "all zones loaded", "running", "received SIGHUP signal to reload zones",
            "reloading configuration succeeded", "reloading zones succeeded", "shutting down", "exiting",
        ];
        Assert.All(ours.Concat(theirs), line => Assert.Matches(TimeAndText(), line));
        string[] mine = [.. ours.Select(line => line[25..])];
        Assert.All(expected, text => Assert.Contains(text, theirs.Select(line => line[25..])));
        Assert.All(expected, text => Assert.Contains(text, mine));
    }

    [Fact]
    public async Task Detached_start_ends_when_the_server_serves_and_leaves_a_pid_file_until_TERM()
    {
        (int code, _, string error) = await Program.OursAsync("named", "-c", Configuration());
        Assert.True(code == 0, error);
        int pid = int.Parse(File.ReadAllText(_folder.File("pid")), CultureInfo.InvariantCulture);
        using Process server = Process.GetProcessById(pid);
        await Program.SignalAsync(pid, "TERM");
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(_folder.File("pid")));
        Assert.Contains(_folder.Lines("log"), line => line.EndsWith(": notice: running", StringComparison.Ordinal));
        Assert.Contains(_folder.Lines("log"), line => line.EndsWith(": notice: exiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Detached_start_that_fails_ends_with_one_and_a_reason()
    {
        string file = _folder.Write("bad.conf", "options { foo 1; };\n");
        (int code, _, string error) = await Program.OursAsync("named", "-c", file);
        Assert.Equal(1, code);
        Assert.NotEqual("", error.Trim());
    }

    [Fact]
    public async Task Systemd_hears_of_ready_reload_and_stop_in_this_order()
    {
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
        using Process server = Program.StartOurs(["named", "-f", "-c", Configuration()], ("NOTIFY_SOCKET", _folder.File("notify")));
        Assert.StartsWith("READY=1", await ReceiveAsync(manager), StringComparison.Ordinal);
        await Program.SignalAsync(server.Id, "HUP");
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", await ReceiveAsync(manager));
        Assert.StartsWith("READY=1", await ReceiveAsync(manager), StringComparison.Ordinal);
        await Program.SignalAsync(server.Id, "TERM");
        Assert.Equal("STOPPING=1", await ReceiveAsync(manager));
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Built_in_defaults_are_a_configuration_that_both_sides_accept()
    {
        (int code, string defaults, _) = await Program.OursAsync("named", "-C");
        string file = _folder.Write("defaults.conf", defaults);
        Assert.Equal(0, code);
        Assert.Equal(0, (await Program.ToolAsync("named-checkconf", file)).Code);
        Assert.Equal(0, (await Program.OursAsync("checkconf", file)).Code);
    }

    [Fact]
    public async Task Version_says_what_configuration_it_reads()
    {
        (int code, string output, _) = await Program.OursAsync("named", "-v");
        Assert.Equal(0, code);
        Assert.Matches("^ActorDns [0-9.]+.*BIND 9.18 configuration", output);
    }

    private static async Task<List<string>> LinesOfAsync(Process started)
    {
        using Process server = started;
        List<string> lines = await Program.ReadToAsync(server.StandardError, " running");
        await Program.SignalAsync(server.Id, "HUP");
        lines.AddRange(await Program.ReadToAsync(server.StandardError, " reloading zones succeeded"));
        await Program.SignalAsync(server.Id, "TERM");
        lines.AddRange(await Program.ReadToAsync(server.StandardError, " exiting"));
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        return lines;
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[1024];
        int length = await socket.ReceiveAsync(buffer, SocketFlags.None, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>A configuration on a free port, with every setting that the two servers need to live on loopback.</summary>
    private string Configuration() => _folder.Write("named.conf", $$"""
        options {
            directory "{{_folder.Root}}"; pid-file "{{_folder.File("pid")}}"; session-keyfile none; recursion no;
            listen-on port {{Program.FreePort()}} { 127.0.0.1; }; listen-on-v6 { none; };
        };
        controls { };
        logging {
            channel all { file "log"; print-time yes; print-category yes; print-severity yes; };
            category default { all; };
        };
        zone "example.com" { type primary; file "db"; };
        """);

    [GeneratedRegex("^[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} ")]
    private static partial Regex TimeAndText();
}
