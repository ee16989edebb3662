using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Configurations;

/// <summary>The configuration that Debian's package brings, with its includes and default zones.</summary>
public sealed class DebianTreeTests : IDisposable
{
    private const string Installed = "/etc/bind";

    private static readonly (string Name, RecordType Type)[] Questions =
    [
        ("localhost.", RecordType.Soa), ("localhost.", RecordType.A), ("localhost.", RecordType.Aaaa), ("localhost.", RecordType.Ns),
        ("localhost.", RecordType.Txt), ("nothing.localhost.", RecordType.A), ("LOCALHOST.", RecordType.A),
        ("127.in-addr.arpa.", RecordType.Soa), ("1.0.0.127.in-addr.arpa.", RecordType.Ptr), ("2.0.0.127.in-addr.arpa.", RecordType.Ptr),
        ("0.0.127.in-addr.arpa.", RecordType.Ptr), ("0.in-addr.arpa.", RecordType.Ns), ("255.in-addr.arpa.", RecordType.Soa),
        ("example.com.", RecordType.A),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Checkconf_finds_it_good()
    {
        string tree = await TreeAsync();
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        ToolResult ours = await Tool.RunAsync(program, first[0], "checkconf", "-z", Path.Combine(tree, "named.conf"));
        ToolResult theirs = await Tool.RunAsync("named-checkconf", "-z", Path.Combine(tree, "named.conf"));
        Assert.Equal(0, theirs.ExitCode);
        Assert.True(ours.ExitCode == 0, ours.ToString());
        Assert.Equal(theirs.Lines.Order(StringComparer.Ordinal), ours.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Default_zones_are_served_beside_BIND_on_another_port_with_the_same_answers()
    {
        string tree = await TreeAsync();
        int port = FreePorts.Take();
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        await using ChildProcess ours = ChildProcess.Start(
            program, [.. first, "-g", "-c", Path.Combine(tree, "named.conf"), "-p", $"{port}"], _folder.FullPath);
        await ours.WaitForLineAsync(line => line.TrimEnd().EndsWith("running", StringComparison.Ordinal), "that it is running", 0, null);

        // BIND from the same zones, without the recursion that would take it to the network.
        NamedConf conf = new NamedConf().Statement($"include \"{await WithoutHintsAsync(tree)}\";");
        await using ServerUnderTest bind = await ServerUnderTest.StartAsync(_folder, conf, ServerKind.Bind);
        using WireClient askOurs = new(new global::System.Net.IPEndPoint(global::System.Net.IPAddress.Loopback, port));
        using WireClient askBind = new(bind.EndPoint);
        foreach ((string name, RecordType type) in Questions)
        {
            byte[] query = new Query(name, type, 1_232, WantsDnssec: false, WantsRecursion: false, OverTcp: false).Build(7);
            Assert.Equal($"{name} {Reply.Read(askBind.AskUdp(query))}", $"{name} {Reply.Read(askOurs.AskUdp(query))}");
        }
    }

    /// <summary>The default zones but for the root's hints, which no server without recursion reads.</summary>
    private async Task<string> WithoutHintsAsync(string tree)
    {
        string zones = await File.ReadAllTextAsync(Path.Combine(tree, "named.conf.default-zones"), TestContext.Current.CancellationToken);
        return _folder.Write("default-zones", zones[zones.IndexOf("zone \"localhost\"", StringComparison.Ordinal)..]);
    }

    /// <summary>The installed files when they are the package's, otherwise those of the package itself.</summary>
    private async Task<string> TreeAsync()
    {
        ToolResult changes = await Tool.RunAsync("dpkg", "--verify", "bind9");
        if (File.Exists($"{Installed}/named.conf") && !changes.Output.Contains(Installed, StringComparison.Ordinal))
            return Installed;
        (await Tool.RunAsync("sh", "-c", $"cd '{_folder.FullPath}' && apt-get download bind9 && dpkg -x bind9_*.deb package")).OrThrow();
        string tree = _folder["package" + Installed];
        foreach (string file in Directory.GetFiles(tree, "named.conf*"))
        {
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(file, text.Replace($"{Installed}/", $"{tree}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        return tree;
    }
}
