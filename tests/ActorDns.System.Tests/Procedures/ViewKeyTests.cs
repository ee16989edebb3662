using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Procedures;

/// <summary>One zone in several views: the key of a request chooses, for its SOA question as for its transfer.</summary>
public sealed class ViewKeyTests
{
    private static readonly TestKey Inside = TestKey.Create("inside.example");
    private static readonly TestKey Local = TestKey.Create("of-the-view.example");
    private static readonly TestKey Outside = TestKey.Create("outside.example");

    [Fact]
    public async Task Key_of_the_request_chooses_the_view_of_question_and_transfer()
    {
        using TempFolder folder = new();
        foreach (string view in new[] { "inside", "local", "outside" })
            folder.Write($"{view}.zone", $"$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\n@ TXT {view}\nns A 127.0.0.1\n");
        NamedConf conf = new NamedConf().Key(Inside).Key(Outside)
            .Statement($"view trusted {{ match-clients {{ key {Inside.Name}; }}; {Zone("inside", Inside)} }};")
            .Statement($"view private {{ {Local.ToNamedConf()} match-clients {{ key {Local.Name}; }}; {Zone("local", Local)} }};")
            .Statement($"view public {{ match-clients {{ any; }}; {Zone("outside", Outside)} }};");
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, conf);

        await AssertViewAsync(server, Inside, "inside");
        await AssertViewAsync(server, Local, "local");
        await AssertViewAsync(server, Outside, "outside");
        ToolResult unsigned = await server.DigAsync("split.example", "TXT", "+short");
        Assert.Equal("\"outside\"", unsigned.Output.Trim());
        await server.Process.WaitForLineAsync($"/key {Inside.Name} (split.example): view trusted: transfer of 'split.example/IN/trusted': AXFR started");
    }

    private static string Zone(string file, TestKey key) =>
        $"zone \"split.example\" {{ type primary; file \"{file}.zone\"; allow-transfer {{ key {key.Name}; }}; }};";

    private static async Task AssertViewAsync(ServerUnderTest server, TestKey key, string view)
    {
        ToolResult question = await server.DigAsync("-y", key.ForDig, "split.example", "TXT", "+short");
        Assert.Equal($"\"{view}\"", question.Output.Trim());
        ToolResult transfer = await server.DigAsync("-y", key.ForDig, "split.example", "AXFR", "+noall", "+answer");
        Assert.Equal(0, transfer.ExitCode);
        Assert.Contains($"\"{view}\"", transfer.Output, StringComparison.Ordinal);
    }
}
