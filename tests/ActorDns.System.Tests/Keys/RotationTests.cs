using System.Text;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>A key is replaced while everybody uses it, and nobody notices.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task Rotation_from_start_to_retirement_fails_no_transfer_update_or_notify()
    {
        await using RotationPeers peers = await RotationPeers.StartAsync();
        using CancellationTokenSource end = new();
        Task load = ExchangeUntilAsync(peers, end.Token);

        string rotated = await peers.Keyed.KeyAsync("rotate", "xfr", "--hold", "--overlap", "6s");
        Assert.Contains("'xfr-g2'", rotated, StringComparison.Ordinal);

        // BIND gets the new key before it signs, the client and Knot after it: then what we send to Knot goes on with the old one.
        string clause = await peers.Keyed.KeyAsync("export", "xfr");
        string keyFile = peers.Keyed.Folder.Write("client-2.key", clause);
        peers.UseAtBind("xfr-g2", clause);
        await peers.Ours.Process.WaitForLineAsync("key xfr-g2", TimeSpan.FromSeconds(30));
        await peers.Keyed.KeyAsync("activate", "xfr");
        await peers.Ours.Process.WaitForLineAsync($"server 127.0.0.1#{peers.BindPort} knows key 'xfr-g2'");
        await peers.Ours.Process.WaitForLineAsync($"server 127.0.0.1#{peers.KnotPort} was asked with key 'xfr-g2': tsig indicates error (BADKEY)");

        peers.UseAtClient(keyFile);
        ToolResult refused = await peers.Keyed.TryKeyAsync(["retire", "xfr", "--gen", "1"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"127\.0\.0\.1 (query|transfer|notify-out), last at ", refused.Errors);

        peers.UseAtKnot("xfr-g2", await peers.Keyed.KeyAsync("export", "xfr", "--format", "knot", "--peer", "127.0.0.1"));
        await peers.Ours.Process.WaitForLineAsync(
            $"server 127.0.0.1#{peers.KnotPort} knows key 'xfr-g2'", TimeSpan.FromSeconds(90)); // A probe a minute.
        await peers.Ours.Process.WaitForLineAsync("key 'xfr' generation 1 is retired", TimeSpan.FromSeconds(60));
        int atRetirement = peers.Requests;
        while (peers.Requests < atRetirement + 10 && !load.IsCompleted)
            await Task.WhenAny(load, peers.ExchangeAsync());
        await end.CancelAsync();
        await load; // Any update or transfer that failed ends it.

        await AssertFollowsAsync(peers);
        AssertNoFailure(peers);
        await AssertNoSecretAsync(peers, clause);
        Evidence.Add(
            "key rotation under load",
            $"{peers.Requests} signed updates and as many transfers, notifies to BIND and Knot: none failed from start to retirement");
    }

    private static async Task ExchangeUntilAsync(RotationPeers peers, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await peers.ExchangeAsync();
    }

    private static async Task AssertFollowsAsync(RotationPeers peers)
    {
        await peers.ExchangeAsync();
        uint serial = await peers.SerialAsync();
        await peers.Bind.WaitForLineAsync($"transferred serial {serial}", TimeSpan.FromSeconds(30));
        await peers.Knot.WaitForLineAsync($" -> {serial}", TimeSpan.FromSeconds(30));
    }

    private static void AssertNoFailure(RotationPeers peers)
    {
        string[] bind = [.. peers.Bind.Lines.Where(line => line.Contains("failed", StringComparison.Ordinal)
            || line.Contains("BADKEY", StringComparison.Ordinal) || line.Contains("refused", StringComparison.Ordinal))];
        Assert.True(bind.Length == 0, string.Join('\n', bind));
        string[] knot = [.. peers.Knot.Lines.Where(line => line.Contains(" error: ", StringComparison.Ordinal)
            || line.Contains(" warning: ", StringComparison.Ordinal))];
        Assert.True(knot.Length == 0, string.Join('\n', knot));
        string[] ours = [.. peers.Ours.Process.Lines.Skip(peers.LinesAtStart).Where(line => line.Contains("denied", StringComparison.Ordinal)
            || line.Contains("invalid signature", StringComparison.Ordinal)
            || (line.Contains("notify to", StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal))
            || line.Contains("notify response", StringComparison.Ordinal))];
        Assert.True(ours.Length == 0, string.Join('\n', ours));
    }

    /// <summary>
    /// As <c>strings</c> would find it: the secrets in base64 or as octets in any file of the server, its log, or checkconf -p -x.
    /// </summary>
    private static async Task AssertNoSecretAsync(RotationPeers peers, string clause)
    {
        string second = clause.Split("secret \"")[1].Split('"')[0];
        ToolResult printed = (await Tool.RunAsync(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "checkconf", "-p", "-x", peers.Ours.ConfFile)).OrThrow();
        List<(string Where, byte[] Content)> places =
        [
            ("log", Encoding.UTF8.GetBytes(string.Join('\n', peers.Ours.Process.Lines))),
            ("checkconf -p -x", Encoding.UTF8.GetBytes(printed.Output)),
        ];
        foreach (string file in Directory.GetFiles(peers.Keyed.Folder.FullPath, "actordns.db*").Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)))
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
