using System.Text.RegularExpressions;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Configurations;

/// <summary>The sample configurations of well-known tutorials: checked, and served when they have a zone of their own.</summary>
public sealed partial class SampleConfigurationTests
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> All =>
        [.. Directory.GetFiles(Samples, "*.conf").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Those that can be loaded and have a primary zone.</summary>
    public static TheoryData<string> Served => [.. All.Select(row => row.Data).Where(name =>
        !name.Contains("as_published", StringComparison.Ordinal)
        && PrimaryZone().IsMatch(File.ReadAllText(Path.Combine(Samples, name))))];

    [Theory, MemberData(nameof(All))]
    public async Task Command_checkconf_ends_with_the_exit_code_of_named_checkconf(string sample)
    {
        string file = Path.Combine(Samples, sample);
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        ToolResult ours = await Tool.RunAsync(program, first[0], "checkconf", file);
        ToolResult theirs = await Tool.RunAsync("named-checkconf", file);
        Assert.True(theirs.ExitCode == ours.ExitCode, $"{theirs}\n{ours}");
    }

    /// <summary>Unsigned questions from loopback: access lists decide as they do there.</summary>
    [Theory, MemberData(nameof(Served))]
    public async Task Sample_is_served_with_the_answers_and_refusals_of_BIND(string sample)
    {
        using TempFolder folder = new();
        string text = await File.ReadAllTextAsync(Path.Combine(Samples, sample), TestContext.Current.CancellationToken);
        string[] zones = [.. PrimaryZone().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
        string[] theirs = await AnswersAsync(folder, text, zones, ServerKind.Bind);
        string[] ours = await AnswersAsync(folder, text, zones, ServerKind.ActorDns);
        Assert.Equal(theirs, ours);
        Assert.NotEmpty(ours);
    }

    [Fact]
    public void Samples_of_every_document_are_there() => Assert.True(All.Count >= 22 && Served.Count >= 11, $"{All.Count}, {Served.Count}");

    private static async Task<string[]> AnswersAsync(TempFolder folder, string text, string[] zones, ServerKind kind)
    {
        await using ChildProcess server = Start(folder, text, kind, out int port);
        await server.WaitForLineAsync(line => line.TrimEnd().EndsWith("running", StringComparison.Ordinal), "that it is running", 0, null);
        using WireClient client = new(new global::System.Net.IPEndPoint(global::System.Net.IPAddress.Loopback, port));
        List<string> answers = [];
        foreach (string zone in zones)
        {
            foreach (RecordType type in new[] { RecordType.Soa, RecordType.Axfr })
            {
                byte[] query = new Query($"{zone}.", type, 0, WantsDnssec: false, WantsRecursion: false, OverTcp: true).Build(1);
                Reply reply = Reply.Read(client.AskTcp(query)[0]);
                answers.Add($"{zone} {type}: {reply}");
            }
        }

        return [.. answers];
    }

    /// <summary>The sample with a loopback port, and with its files in the folder of the test.</summary>
    private static ChildProcess Start(TempFolder folder, string text, ServerKind kind, out int port)
    {
        port = FreePorts.Take();
        string options = $"directory \"{folder.FullPath}\"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; pid-file none; "
            + "session-keyfile none; recursion no; dnssec-validation no; notify no; ";
        if (!text.Contains("options {", StringComparison.Ordinal))
            options += "allow-transfer { none; }; "; // BIND 9.20's default and ours; 9.18 has any.
        string own = FileName().Replace(text, match => $"file \"{Path.GetFileName(match.Groups[1].Value)}\"");
        own = own.Contains("options {", StringComparison.Ordinal)
            ? own.Replace("options {", "options { " + options, StringComparison.Ordinal)
            : $"options {{ {options}}};\n{own}";
        foreach (Match file in FileName().Matches(own))
            folder.Write(file.Groups[1].Value, $"$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n@ TXT {file.Groups[1].Value}\n");
        string conf = folder.Write($"{kind}.conf", own + "\ncontrols { };\n");
        (string program, string[] first) = ServerUnderTest.CommandOf(kind);
        return ChildProcess.Start(program, [.. first, "-g", "-c", conf], folder.FullPath);
    }

    [GeneratedRegex("zone \"([^\"]+)\" \\{ type (?:master|primary);")]
    private static partial Regex PrimaryZone();

    [GeneratedRegex("\\bfile \"([^\"]+)\"")]
    private static partial Regex FileName();
}
