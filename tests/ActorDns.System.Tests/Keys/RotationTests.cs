using System.Text;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>A key is replaced while everybody uses it, and nobody notices.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task Rotation_from_start_to_retirement_fails_no_transfer_update_or_notify()
    {
        await using RotationPeers peers = new(KeyedServer.Zone, KeyedServer.FirstKey);
        await using KeyedServer keyed = await KeyedServer.StartAsync(peers.ZoneStatements);
        await peers.StartAsync(keyed.Server);
        using CancellationTokenSource end = new();
        Task load = peers.ExchangeUntilAsync(end.Token);

        string rotated = await keyed.KeyAsync("rotate", "xfr", "--hold", "--overlap", "6s");
        Assert.Contains("'xfr-g2'", rotated, StringComparison.Ordinal);

        // BIND gets the new key before it signs, the client and Knot after it: then what we send to Knot goes on with the old one.
        string clause = await keyed.KeyAsync("export", "xfr");
        peers.UseAtBind("xfr-g2", clause);
        await peers.WaitForLineAsync("key xfr-g2");
        await keyed.KeyAsync("activate", "xfr");
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.BindPort} knows key 'xfr-g2'");
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.KnotPort} was asked with key 'xfr-g2': tsig indicates error (BADKEY)");

        peers.UseAtClient(clause);
        ToolResult refused = await keyed.TryKeyAsync(["retire", "xfr", "--gen", "1"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"127\.0\.0\.1 (query|transfer|notify-out), last at ", refused.Errors);

        peers.UseAtKnot("xfr-g2", await keyed.KeyAsync("export", "xfr", "--format", "knot", "--peer", "127.0.0.1"));
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.KnotPort} knows key 'xfr-g2'", TimeSpan.FromSeconds(120)); // A probe a minute.
        await peers.WaitForLineAsync("key 'xfr' generation 1 is retired", TimeSpan.FromSeconds(120));
        await peers.ExchangeTenAsync(load);
        await end.CancelAsync();
        await load;

        await peers.AssertFollowsAsync();
        peers.AssertNoFailure();
        await AssertNoSecretAsync(keyed, clause);
        Evidence.Add(
            "key rotation under load",
            $"{peers.Requests} signed updates and as many transfers, notifies to BIND and Knot: none failed from start to retirement");
    }

    /// <summary>
    /// As <c>strings</c> would find it: the secrets in base64 or as octets in any file of the server, its log, or checkconf -p -x.
    /// </summary>
    private static async Task AssertNoSecretAsync(KeyedServer keyed, string clause)
    {
        string second = clause.Split("secret \"")[1].Split('"')[0];
        ToolResult printed = (await Tool.RunAsync(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "checkconf", "-p", "-x", keyed.Server.ConfFile)).OrThrow();
        List<(string Where, byte[] Content)> places =
        [
            ("log", Encoding.UTF8.GetBytes(string.Join('\n', keyed.Server.Process.Lines))),
            ("checkconf -p -x", Encoding.UTF8.GetBytes(printed.Output)),
        ];
        foreach (string file in Directory.GetFiles(keyed.Folder.FullPath, "actordns.db*").Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)))
            places.Add((file, await File.ReadAllBytesAsync(file)));
        Assert.True(places.Count >= 4, "the database and its log were not found");
        foreach (string secret in (string[])[second, KeyedServer.FirstKey.Secret])
        {
            foreach ((string where, byte[] content) in places)
            {
                Assert.True(content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret[..12])) < 0, where);
                Assert.True(content.AsSpan().IndexOf(Convert.FromBase64String(secret).AsSpan(0, 8)) < 0, where);
            }
        }
    }
}
