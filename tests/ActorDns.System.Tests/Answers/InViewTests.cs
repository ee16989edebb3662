using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Answers;

/// <summary>A zone that stands in two views by <c>in-view</c>: one copy of it, with the access rules of the view that defines it.</summary>
public sealed class InViewTests
{
    private const string Reloaded = "reloading zones succeeded";

    private static readonly TestKey Inside = TestKey.Create("inside");
    private static readonly TestKey Copier = TestKey.Create("copier");

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Zone_of_another_view_is_served_as_that_view_has_it_until_it_leaves(ServerKind kind)
    {
        using TempFolder folder = new();
        folder.Write("shared.db", ZoneOfSerial(1));
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, Conf(outside: "zone shared { in-view inside; };"), kind);

        Assert.StartsWith("1", await SerialAsync(server, null), StringComparison.Ordinal);
        Assert.Contains("REFUSED", (await server.DigAsync("own", "SOA")).Output, StringComparison.Ordinal);
        ToolResult transfer = await server.DigAsync("-y", Copier.ForDig, "shared", "AXFR", "+noall", "+answer");
        Assert.Equal(["SOA", "NS", "A", "SOA"], transfer.Lines.Select(line => line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[3]));

        folder.Write("shared.db", ZoneOfSerial(2));
        await ReloadAsync(server, "loaded serial 2");
        Assert.StartsWith("2", await SerialAsync(server, null), StringComparison.Ordinal);
        Assert.StartsWith("2", await SerialAsync(server, Inside), StringComparison.Ordinal);

        folder.Write(Path.GetFileName(server.ConfFile), Conf(outside: "").Build(folder.FullPath, server.Port));
        await ReloadAsync(server, Reloaded);
        Assert.Contains("REFUSED", (await server.DigAsync("shared", "SOA")).Output, StringComparison.Ordinal);
        Assert.StartsWith("2", await SerialAsync(server, Inside), StringComparison.Ordinal);
    }

    private static NamedConf Conf(string outside) => new NamedConf().Key(Inside).Key(Copier)
        .Statement(
            """
            view inside {
                match-clients { key inside; };
                zone shared { type primary; file "shared.db"; allow-transfer { key copier; }; };
                zone own { type primary; file "shared.db"; };
            };
            """)
        .Statement($"view outside {{ match-clients {{ any; }}; {outside} }};");

    private static string ZoneOfSerial(int serial) => $"$TTL 60\n@ SOA ns hostmaster {serial} 3600 900 604800 60\n@ NS ns\nns A 192.0.2.1\n";

    private static async Task<string> SerialAsync(ServerUnderTest server, TestKey? key)
    {
        string[] signature = key is null ? [] : ["-y", key.ForDig];
        ToolResult dig = await server.DigAsync([.. signature, "shared", "SOA", "+short"]);
        string[] words = dig.Output.Split(' ');
        return words.Length > 2 ? words[2] : dig.ToString();
    }

    private static async Task ReloadAsync(ServerUnderTest server, string sign)
    {
        int seen = server.Process.Lines.Length;
        server.Process.Hangup();
        await server.Process.WaitForLineAsync(sign, seen);
        await server.Process.WaitForLineAsync(Reloaded, seen);
    }
}
