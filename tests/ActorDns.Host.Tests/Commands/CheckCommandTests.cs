using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorDns.Host.Tests.Commands;

public sealed partial class CheckCommandTests : IDisposable
{
    private const string GoodZone = "$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\nwww A 192.0.2.1\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("xfr.example")]
    [InlineData("-a", "hmac-sha512", "xfr.example.")]
    [InlineData("-a", "sha1")]
    [InlineData("-a", "md5", "x")]
    public async Task Tsig_keygen_prints_what_the_tool_of_BIND_prints(params string[] arguments)
    {
        (int code, string output, _) = await Program.OursAsync(["tsig-keygen", .. arguments]);
        (_, string expected, _) = await Program.ToolAsync("tsig-keygen", arguments);
        Assert.Equal(0, code);
        Assert.Equal(Mask(expected), Mask(output));
    }

    [Fact]
    public async Task Tsig_keygen_refuses_an_algorithm_it_does_not_know()
    {
        (int code, _, string error) = await Program.OursAsync("tsig-keygen", "-a", "hmac-sha999");
        Assert.Equal(2, code);
        Assert.Contains("hmac-sha999", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("options { directory \"/tmp\"; };")]
    [InlineData("options { foo 1; };")]
    [InlineData("zone \"a\" { type primary; };")]
    [InlineData("key k { algorithm hmac-sha256; secret \"!\"; };")]
    public async Task Checkconf_gives_the_verdict_of_named_checkconf(string text)
    {
        string file = _folder.Write("named.conf", text + "\n");
        (int code, _, _) = await Program.OursAsync("checkconf", file);
        (int expected, _, _) = await Program.ToolAsync("named-checkconf", file);
        Assert.Equal(expected, code);
    }

    [Fact]
    public async Task Checkconf_says_the_place_of_a_fault_on_standard_error()
    {
        string file = _folder.Write("named.conf", "options {\n  foo 1;\n};\n");
        (_, string output, string error) = await Program.OursAsync("checkconf", file);
        Assert.Equal("", output);
        Assert.Contains($"{file}:2: unknown option 'foo'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkconf_hides_secrets_when_it_prints_with_x()
    {
        string file = _folder.Write("named.conf", "key \"k\" { algorithm hmac-sha256; secret \"c2VjcmV0c2VjcmV0\"; };\n");
        (int code, string output, _) = await Program.OursAsync("checkconf", "-px", file);
        (_, string expected, _) = await Program.ToolAsync("named-checkconf", "-px", file);
        Assert.Equal((0, expected), (code, output));
        Assert.DoesNotContain("c2VjcmV0", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GoodZone, 0)]
    [InlineData("nonsense\n", 1)]
    public async Task Checkconf_with_z_fails_for_a_zone_that_cannot_be_served(string zone, int expected)
    {
        _folder.Write("db", zone);
        string file = _folder.Write(
            "named.conf", $"options {{ directory \"{_folder.Root}\"; }};\nzone \"example.com\" {{ type primary; file \"db\"; }};\n");
        (int code, _, _) = await Program.OursAsync("checkconf", "-z", file);
        Assert.Equal(expected, code);
    }

    [Fact]
    public async Task Checkconf_report_for_machines_has_the_findings()
    {
        string file = _folder.Write("named.conf", "options { foo 1; };\n");
        (int code, string output, _) = await Program.OursAsync("checkconf", "--json", file);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal(1, code);
        Assert.False(report.RootElement.GetProperty("good").GetBoolean());
        Assert.Equal(1, report.RootElement.GetProperty("findings")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Checkzone_prints_serial_and_OK_as_named_checkzone_does()
    {
        string file = _folder.Write("db", GoodZone);
        (int code, string output, _) = await Program.OursAsync("checkzone", "example.com", file);
        (_, string expected, _) = await Program.ToolAsync("named-checkzone", "example.com", file);
        Assert.Equal((0, expected), (code, output));
    }

    [Fact]
    public async Task Checkzone_of_a_missing_file_fails_and_says_so()
    {
        (int code, string output, string error) = await Program.OursAsync("checkzone", "example.com", _folder.File("none"));
        Assert.Equal(1, code);
        Assert.DoesNotContain("OK", output, StringComparison.Ordinal);
        Assert.Contains("not found", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkzone_writes_a_zone_that_named_checkzone_takes_for_the_same()
    {
        string file = _folder.Write("db", GoodZone);
        (int code, _, _) = await Program.OursAsync("checkzone", "-q", "-o", _folder.File("out"), "example.com", file);
        (_, string mine, _) = await Program.ToolAsync("named-checkzone", "-D", "example.com", _folder.File("out"));
        (_, string original, _) = await Program.ToolAsync("named-checkzone", "-D", "example.com", file);
        Assert.Equal(0, code);
        Assert.Equal(original, mine);
    }

    [Theory]
    [InlineData("checkzone")]
    [InlineData("nonsense")]
    [InlineData("named", "-p", "0")]
    [InlineData("named", "-Z")]
    [InlineData("serve", "--nonsense")]
    [InlineData("checkconf", "-x")]
    [InlineData("checkconf", "--nonsense")]
    [InlineData("checkconf", "one", "two")]
    [InlineData("checkzone", "--nonsense", "db")]
    [InlineData("checkzone", "a..b", "db")]
    [InlineData("tsig-keygen", "--nonsense")]
    [InlineData("tsig-keygen", "a..b")]
    public async Task Wrong_usage_ends_with_two_and_a_short_reason_and_does_nothing(params string[] arguments)
    {
        (int code, string output, string error) = await Program.OursAsync(arguments);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.InRange(error.Trim().Split('\n').Length, 1, 6);
    }

    [Theory]
    [InlineData("serve", "-c, --config <file>")]
    [InlineData("named", "-c <file>")]
    [InlineData("checkconf", "[<file>]")]
    [InlineData("checkzone", "<origin> <file>")]
    [InlineData("tsig-keygen", "-a, --algorithm <algorithm>")]
    public async Task Help_has_an_example_and_is_listed_in_one_line(string command, string part)
    {
        (int code, string help, _) = await Program.OursAsync(command, "--help");
        Assert.Equal(0, code);
        Assert.Contains($"  actordns {command} ", help, StringComparison.Ordinal);
        Assert.Contains(part, help, StringComparison.Ordinal);
        (_, string list, _) = await Program.OursAsync("--help");
        string line = Assert.Single(list.Split('\n'), line => line.StartsWith($"  {command} ", StringComparison.Ordinal));
        Assert.Contains(help.Split('\n')[1].Trim(), line, StringComparison.Ordinal);
    }

    private static string Mask(string key) => Secret().Replace(key, match => new string('?', match.Length));

    [GeneratedRegex("(?<=secret \")[A-Za-z0-9+/=]+")]
    private static partial Regex Secret();
}
