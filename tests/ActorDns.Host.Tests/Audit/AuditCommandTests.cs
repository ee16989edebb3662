using System.Text.Json;
using System.Text.RegularExpressions;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Tests.Audit;

/// <summary>The commands that read the journal, over a store of known content.</summary>
public sealed partial class AuditCommandTests : IAsyncLifetime
{
    private AuditedStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await AuditedStore.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task History_says_who_changed_a_name_when_and_what_it_was_before()
    {
        (int code, string output, string error) = await _store.RunAsync("history", "WWW.example.com");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            """
            2026-11-05 09:14:03Z  serial 2026110203  A 192.0.2.1 -> 192.0.2.9 ttl 300  key certbot from 10.0.3.7#51514 by node a txn ########
            2026-11-04 09:14:03Z  serial 2026110202  A TTL 3600 -> 300  zone file by node a txn ########
            2026-11-03 09:14:03Z  serial 2026110201  +A 192.0.2.1 ttl 3600  key terraform from 10.0.3.7#51514 by node a txn ########

            """,
            Transaction().Replace(output, "txn ########"));
    }

    [Fact]
    public async Task History_takes_key_time_and_limit_and_says_when_there_is_more()
    {
        (_, string byKey, _) = await _store.RunAsync("history", "www.example.com", "--key", "Certbot.");
        Assert.Contains("serial 2026110203", Assert.Single(Lines(byKey)), StringComparison.Ordinal);
        (_, string since, _) = await _store.RunAsync("history", "www.example.com", "--since", "2026-11-04");
        Assert.Equal(2, Lines(since).Length);
        (_, string one, string error) = await _store.RunAsync("history", "www.example.com", "--limit", "1");
        Assert.Contains("serial 2026110203", Assert.Single(Lines(one)), StringComparison.Ordinal);
        Assert.Contains("--limit shows more", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_of_the_apex_leaves_out_steps_of_the_serial_alone()
    {
        await _store.PutAsync(2026110205, "@ 60 MX 10 mail\nmail 60 A 192.0.2.25\n", 5, ChangeOrigin.Update, "terraform");
        (_, string output, _) = await _store.RunAsync("history", "example.com", "--limit", "1");
        Assert.Contains("serial 2026110205  +MX 10 mail.example.com. ttl 60", Assert.Single(Lines(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_of_an_untouched_name_says_how_far_the_journal_goes_back()
    {
        (int code, string output, string error) = await _store.RunAsync("history", "nobody.example.com");
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("goes back to serial 2026110200 (2026-11-02 09:14:03Z)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_of_a_name_in_two_views_says_which_is_which()
    {
        await _store.PutAsync(5, "", 0, ChangeOrigin.Reload, null, "inside");
        await _store.PutAsync(6, "www 60 A 192.0.2.200\n", 9, ChangeOrigin.Update, null, "inside");
        (_, string output, _) = await _store.RunAsync("history", "www.example.com");
        Assert.EndsWith("zone example.com (view inside)", Lines(output)[0], StringComparison.Ordinal);
        Assert.Contains("+A 192.0.2.200 ttl 60  unsigned update from 10.0.3.7#51514 by node a", Lines(output)[0], StringComparison.Ordinal);
        (int code, _, string error) = await _store.RunAsync("diff", "example.com", "5");
        Assert.Equal(1, code);
        Assert.Contains("is in the views _default, inside: choose one with --view", error, StringComparison.Ordinal);
        (_, string inside, _) = await _store.RunAsync("diff", "example.com", "5", "--view", "inside");
        Assert.Contains("+www.example.com. 60 IN A 192.0.2.200", inside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_for_machines_is_one_object_a_line()
    {
        (_, string output, _) = await _store.RunAsync("history", "www.example.com", "--json");
        using JsonDocument first = JsonDocument.Parse(Lines(output)[0]);
        JsonElement entry = first.RootElement;
        Assert.Equal("2026-11-05T09:14:03.000000Z", entry.GetProperty("time").GetString());
        Assert.Equal(("certbot", "10.0.3.7#51514", "update"),
            (entry.GetProperty("key").GetString(), entry.GetProperty("peer").GetString(), entry.GetProperty("origin").GetString()));
        Assert.Equal(2026110202u, entry.GetProperty("serialFrom").GetUInt32());
        Assert.Equal("192.0.2.1", entry.GetProperty("removed")[0].GetProperty("data").GetString());
        Assert.Equal("192.0.2.9", entry.GetProperty("added")[0].GetProperty("data").GetString());
    }

    [Fact]
    public async Task Diff_leaves_out_what_came_and_went_between()
    {
        (int code, string output, _) = await _store.RunAsync("diff", "example.com", "2026110201", "2026110203");
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "-example.com. 3600 IN SOA ns.example.com. hostmaster.example.com. 2026110201 7200 900 1209600 300",
                "-www.example.com. 3600 IN A 192.0.2.1",
                "+example.com. 3600 IN SOA ns.example.com. hostmaster.example.com. 2026110203 7200 900 1209600 300",
                "+www.example.com. 300 IN A 192.0.2.9",
            ],
            Lines(output));
    }

    [Fact]
    public async Task Diff_from_a_newer_serial_to_an_older_one_is_the_way_back()
    {
        (_, string output, _) = await _store.RunAsync("diff", "example.com", "2026110204", "2026110203");
        Assert.Equal(3, Lines(output).Length);
        Assert.Equal("-mail.example.com. 60 IN TXT \"a b\" \"c;d\"", Lines(output)[1]);
    }

    [Fact]
    public async Task Diff_ends_at_the_newest_serial_unless_told_otherwise()
    {
        (_, string output, _) = await _store.RunAsync("diff", "example.com", "2026110203", "--json");
        using JsonDocument diff = JsonDocument.Parse(output);
        Assert.Equal(2026110204u, diff.RootElement.GetProperty("serialTo").GetUInt32());
        Assert.Equal("mail.example.com.", diff.RootElement.GetProperty("added")[1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Diff_from_a_serial_that_is_not_there_names_those_that_are()
    {
        (int code, string output, string error) = await _store.RunAsync("diff", "example.com", "7", "2026110203");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(
            "its journal goes from 2026110200 (2026-11-02 09:14:03Z) to 2026110204 (2026-11-06 09:14:03Z)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_is_shown_in_order_with_first_content_and_records()
    {
        (_, string output, _) = await _store.RunAsync("journal", "show", "example.com");
        string[] lines = Lines(output);
        Assert.StartsWith("2026-11-02 09:14:03Z  serial 2026110200  zone file by node a", lines[0], StringComparison.Ordinal);
        Assert.Equal("  whole content: first content, 3 records", lines[1]);
        Assert.StartsWith("2026-11-03 09:14:03Z  serial 2026110200 -> 2026110201  key terraform", lines[2], StringComparison.Ordinal);
        Assert.Equal("  +www.example.com. 3600 IN A 192.0.2.1", lines[5]);
    }

    [Theory]
    [InlineData("2026110203", "", 1)]
    [InlineData("2026110204", "", 0)]
    [InlineData("2026-11-04T09:14:03Z", "", 3)]
    [InlineData("0", "--name=mail.example.com", 1)]
    [InlineData("0", "--key=terraform", 1)]
    [InlineData("0", "--limit=2", 2)]
    public async Task Journal_is_shown_since_a_serial_or_a_time_and_for_a_name_or_a_key(string since, string more, int entries)
    {
        string[] start = since == "0" ? [] : ["--since", since];
        (int code, string output, _) = await _store.RunAsync(
            ["journal", "show", "example.com", "--json", .. start, .. more.Length == 0 ? (string[])[] : [more]]);
        Assert.Equal(0, code);
        Assert.Equal(entries, Lines(output).Length);
    }

    [Fact]
    public async Task Journal_since_a_serial_that_is_not_there_names_those_that_are()
    {
        (int code, _, string error) = await _store.RunAsync("journal", "show", "example.com", "--since", "12");
        Assert.Equal(1, code);
        Assert.Contains("from 2026110200", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_status_tells_size_age_and_checkpoint_of_each_zone()
    {
        (_, string output, _) = await _store.RunAsync("journal", "status");
        Assert.Matches(
            @"^example\.com  5 entries  \d+ bytes  from 2026110200 \(2026-11-02 09:14:03Z\)  to 2026110204 \(2026-11-06 09:14:03Z\)  checkpoint at 2026110200 \(",
            output);
        (_, string json, _) = await _store.RunAsync("journal", "status", "--json");
        using JsonDocument status = JsonDocument.Parse(json);
        Assert.Equal(5, status.RootElement.GetProperty("entries").GetInt32());
        Assert.Equal(1, status.RootElement.GetProperty("checkpointVersion").GetInt32());
    }

    [Fact]
    public async Task Denied_lists_refusals_with_the_rule_that_decided()
    {
        await _store.Store.Refusals.AddAsync(
            [
                Refusal("update", "example.com.", "certbot", "update-policy: no rule matched", "+www.example.com. 1 IN A 192.0.2.1\n"),
                Refusal("transfer", "example.org.", null, "allow-transfer: none", ""),
            ],
            TestContext.Current.CancellationToken);

        (int code, string output, _) = await _store.RunAsync("denied");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            2026-11-20 09:14:03Z  transfer example.org.  from 192.0.2.7#51514 by node a  REFUSED  (allow-transfer: none)
            2026-11-20 09:14:03Z  update example.com.  from 192.0.2.7#51514 key certbot by node a  REFUSED  (update-policy: no rule matched)
              +www.example.com. 1 IN A 192.0.2.1

            """,
            output);
        (_, string json, _) = await _store.RunAsync("denied", "--zone", "example.com", "--key", "certbot.", "--since", "2026-11-20", "--json");
        using JsonDocument refusal = JsonDocument.Parse(json);
        Assert.Equal("update-policy: no rule matched", refusal.RootElement.GetProperty("rule").GetString());
        Assert.Equal("+www.example.com. 1 IN A 192.0.2.1", refusal.RootElement.GetProperty("content")[0].GetString());
        (_, string later, _) = await _store.RunAsync("denied", "--since", "2026-11-21");
        Assert.Equal("", later);
    }

    [Fact]
    public async Task Zone_that_is_not_journaled_is_an_error_that_names_those_that_are()
    {
        (int code, _, string error) = await _store.RunAsync("diff", "example.net", "1");
        Assert.Equal(1, code);
        Assert.Contains("there are example.com", error, StringComparison.Ordinal);
        (code, _, error) = await _store.RunAsync("history", "www.example.net");
        Assert.Equal(1, code);
        Assert.Contains("'www.example.net' is in no zone of", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history", "www.example.com", "--since", "yesterday")]
    [InlineData("history", "--nonsense")]
    [InlineData("history", "www.example.com", "--limit", "0")]
    [InlineData("diff", "example.com")]
    [InlineData("diff", "example.com", "one")]
    [InlineData("journal")]
    [InlineData("journal", "show")]
    [InlineData("journal", "show", "--nonsense")]
    [InlineData("journal", "show", "example.com", "--since", "soon")]
    [InlineData("denied", "--since", "")]
    public async Task Wrong_usage_ends_with_two_and_a_short_reason(params string[] arguments)
    {
        (int code, string output, string error) = await Commands.Program.OursAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.InRange(error.Trim().Split('\n').Length, 1, 6);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("diff")]
    [InlineData("journal")]
    [InlineData("journal", "show")]
    [InlineData("journal", "status")]
    [InlineData("denied")]
    public async Task Help_has_an_example(params string[] command)
    {
        (int code, string help, _) = await Commands.Program.OursAsync([.. command, "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($"  actordns {string.Join(' ', command)} ", help, StringComparison.Ordinal);
    }

    private static Refusal Refusal(string operation, string zone, string? key, string rule, string content) => new()
    {
        Time = new DateTimeOffset(2026, 11, 20, 9, 14, 3, TimeSpan.Zero),
        Node = "a",
        Operation = operation,
        Zone = zone,
        Peer = "192.0.2.7#51514",
        KeyName = key,
        Answer = "REFUSED",
        Rule = rule,
        Content = content,
    };

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("txn [0-9a-f]{8}")]
    private static partial Regex Transaction();
}
