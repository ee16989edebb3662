using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Commands;

/// <summary>What scripts that were made for BIND's <c>named</c> rely on.</summary>
public sealed class InitScriptTests
{
    private const int LowPort = 53;
    private const ulong NetBindService = 1UL << 10;

    [Fact]
    public async Task Detached_server_answers_when_the_first_process_has_ended_and_removes_its_pid_file_at_the_end()
    {
        using TempFolder folder = new();
        int port = FreePorts.Take();
        await using InstalledServer server = await InstalledServer.RunAsync(folder, Configure(folder, port));
        Assert.Equal((0, ""), (server.Start.ExitCode, server.Start.Output + server.Start.Errors));
        Assert.True(Answers("127.0.0.1", port));
        Assert.Contains(server.Log, line => line.EndsWith("all zones loaded", StringComparison.Ordinal));
        Assert.Contains(server.Log, line => line.EndsWith("running", StringComparison.Ordinal));
        Assert.Equal($"{server.Id}", SessionOf(server.Id)); // A session of its own, so that the terminal's end is not its end.

        UnixSignal.Hangup.SendTo(server.Id);
        await InstalledServer.UntilAsync(
            () => server.Log.Any(line => line.EndsWith("reloading zones succeeded", StringComparison.Ordinal)), "HUP was obeyed");
        await server.StopAsync();
        Assert.False(server.HasPidFile);
        Assert.EndsWith("exiting", server.Log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_server_on_the_same_port_ends_with_one_and_says_which_address_is_taken()
    {
        using TempFolder folder = new();
        int port = FreePorts.Take();
        await using InstalledServer first = await InstalledServer.RunAsync(folder, Configure(folder, port));
        using TempFolder other = new();
        await using InstalledServer second = await InstalledServer.RunAsync(other, Configure(other, port));
        Assert.Equal(1, second.Start.ExitCode);
        Assert.Contains($"127.0.0.1#{port}", second.Start.Errors, StringComparison.Ordinal);
        Assert.Contains("in use", second.Start.Errors, StringComparison.Ordinal);
        Assert.False(second.HasPidFile);
        Assert.True(Answers("127.0.0.1", port));
        Assert.True(first.HasPidFile);
    }

    [Theory]
    [InlineData("nonsense yes;", "named.conf:1: ")]
    [InlineData("zone \"x\" { type primary; };", "named.conf:1: ")]
    public async Task Configuration_that_cannot_be_used_ends_the_first_process_with_one_and_the_place(string statement, string place)
    {
        using TempFolder folder = new();
        string conf = Configure(folder, FreePorts.Take());
        File.WriteAllText(conf, statement + "\n" + await File.ReadAllTextAsync(conf, TestContext.Current.CancellationToken));
        await using InstalledServer server = await InstalledServer.RunAsync(folder, conf);
        Assert.Equal(1, server.Start.ExitCode);
        Assert.Contains(place, server.Start.Errors, StringComparison.Ordinal);
        Assert.False(server.HasPidFile);
    }

    [Fact]
    public async Task Missing_configuration_ends_the_first_process_with_one_and_the_name()
    {
        using TempFolder folder = new();
        await using InstalledServer server = await InstalledServer.RunAsync(folder, folder["missing.conf"]);
        Assert.Equal(1, server.Start.ExitCode);
        Assert.Contains("missing.conf", server.Start.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_of_BIND_are_obeyed_or_accepted()
    {
        using TempFolder folder = new();
        int port = FreePorts.Take();
        await using InstalledServer server = await InstalledServer.RunAsync(
            folder,
            Configure(folder, FreePorts.Take(), withLog: false),
            "-4", "-p", $"{port}", "-n", "1", "-L", folder["log"], "-d", "3", "-D", "tag", "-m", "usage", "-M", "external", "-S", "4096",
            "-U", "1", "-X", folder["lock"]);
        Assert.True(server.Start.ExitCode == 0, server.Start.ToString());
        Assert.True(Answers("127.0.0.1", port));
        Assert.False(Answers("::1", port));
        Assert.Contains(server.Log, line => line.EndsWith("running", StringComparison.Ordinal));
        Assert.All(
            (string[])["-D", "-m", "-M", "-S", "-U", "-X"], flag => Assert.Contains($"'{flag}'", server.Start.Errors, StringComparison.Ordinal));
        Assert.Single(UdpSocketsOf(port)); // One thread has one socket.
    }

    [Fact]
    public async Task Flag_6_leaves_IPv4_alone()
    {
        using TempFolder folder = new();
        int port = FreePorts.Take();
        await using InstalledServer server = await InstalledServer.RunAsync(folder, Configure(folder, port), "-6");
        Assert.True(server.Start.ExitCode == 0, server.Start.ToString());
        Assert.True(Answers("::1", port));
        Assert.False(Answers("127.0.0.1", port));
    }

    [Fact]
    public async Task Flag_u_runs_as_that_user_who_may_still_bind_low_ports_at_a_reload()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        using TempFolder folder = new();
        await OpenToAsync("bind", folder);
        string network = $"127.54.{Random.Shared.Next(1, 255)}";
        string conf = Configure(folder, LowPort, $"{network}.1");
        await using InstalledServer server = await InstalledServer.RunAsync(folder, conf, "-u", "bind");
        Assert.True(server.Start.ExitCode == 0, server.Start.ToString());
        Assert.Equal(Enumerable.Repeat(IdOf("bind"), 4), server.Status("Uid").Split('\t'));
        Assert.All(
            (string[])["CapEff", "CapPrm", "CapBnd"],
            set => Assert.Equal(NetBindService, ulong.Parse(server.Status(set), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        Assert.True(Answers($"{network}.1", LowPort));

        Configure(folder, LowPort, $"{network}.1", $"{network}.2");
        UnixSignal.Hangup.SendTo(server.Id);
        await InstalledServer.UntilAsync(() => Answers($"{network}.2", LowPort), "a second low port is served");
        await server.StopAsync();
        Assert.False(server.HasPidFile);
    }

    [Fact]
    public async Task Flag_u_with_a_user_who_does_not_exist_ends_with_one_and_the_name()
    {
        using TempFolder folder = new();
        await using InstalledServer server = await InstalledServer.RunAsync(
            folder, Configure(folder, FreePorts.Take()), "-u", "nobody-of-this-name");
        Assert.Equal(1, server.Start.ExitCode);
        Assert.Contains("nobody-of-this-name", server.Start.Errors, StringComparison.Ordinal);
    }

    private static string Configure(TempFolder folder, int port, params string[] addresses) => Configure(folder, port, true, addresses);

    private static string Configure(TempFolder folder, int port, bool withLog, params string[] addresses)
    {
        folder.Write("db", "$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
        string listen = string.Concat((addresses.Length == 0 ? ["127.0.0.1"] : addresses).Select(address => address + "; "));
        string logging = withLog
            ? "logging { channel all { file \"log\"; print-time yes; }; category default { all; }; };"
            : "";
        return folder.Write("named.conf", $$"""
            options {
                directory "{{folder.FullPath}}"; pid-file "{{folder["run/pid"]}}"; session-keyfile none; recursion no;
                listen-on port {{port}} { {{listen}} }; listen-on-v6 port {{port}} { ::1; };
            };
            controls { };
            {{logging}}
            zone "example.test" { type primary; file "db"; };
            """);
    }

    private static bool Answers(string address, int port)
    {
        IPEndPoint server = new(IPAddress.Parse(address), port);
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        try
        {
            socket.Connect(server);
            socket.Send(new Query("example.test.", RecordType.Soa, 0, false, false, false).Build(5));
            byte[] buffer = new byte[512];
            return Reply.Read(buffer[..socket.Receive(buffer)]).Answer.Length == 1;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    private static string SessionOf(int process) => File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[3];

    private static string[] UdpSocketsOf(int port) =>
        [.. File.ReadLines("/proc/net/udp").Where(line => line.Contains($":{port:X4} 00000000:0000 ", StringComparison.Ordinal))];

    private static string IdOf(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == user)[2];

    /// <summary>Lets another user read the folder, and write logs and the pid-file.</summary>
    private static async Task OpenToAsync(string user, TempFolder folder)
    {
        _ = folder["run/pid"];
        Assert.Contains(File.ReadLines("/etc/passwd"), line => line.StartsWith(user + ":", StringComparison.Ordinal));
        (await Tool.RunAsync("chmod", "777", folder.FullPath, Path.Combine(folder.FullPath, "run"))).OrThrow();
    }
}
