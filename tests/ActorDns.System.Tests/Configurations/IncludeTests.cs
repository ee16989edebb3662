using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Configurations;

/// <summary>What goes wrong most often with key files: not found, and with comments of the wrong kind.</summary>
public sealed class IncludeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("checkconf")]
    [InlineData("named", "-g", "-c")]
    public async Task Included_file_that_is_missing_is_named_with_its_whole_path_and_the_place_that_asks_for_it(params string[] command)
    {
        string conf = _folder.Write(
            "named.conf", $"options {{\n  directory \"{_folder.FullPath}\";\n}};\ninclude \"keys/tsig.key\";\n");
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        ToolResult ours = await Tool.RunAsync(program, [first[0], .. command, conf]);
        ToolResult theirs = await Tool.RunAsync("named-checkconf", conf);
        Assert.Equal((1, 1), (theirs.ExitCode, ours.ExitCode));
        Assert.Contains($"{conf}:4: ", ours.Errors, StringComparison.Ordinal);
        Assert.Contains($"include '{_folder.FullPath}/keys/tsig.key': file not found", ours.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_three_styles_of_comments_are_passed_over()
    {
        string conf = _folder.Write("named.conf", """
            # a line
            // another line
            /* some
               lines */ acl "lab" { 127.0.0.1; /* inside */ ::1; }; # behind
            zone "example" { type primary; file "db"; // key "not-a-key" {
            };
            #server 192.0.2.1 { keys { none-such; }; };

            """);
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        Assert.Equal(0, (await Tool.RunAsync("named-checkconf", conf)).ExitCode);
        ToolResult ours = await Tool.RunAsync(program, first[0], "checkconf", conf);
        Assert.True(ours.ExitCode == 0, ours.ToString());
        Assert.Equal("", ours.Errors);
    }

    [Fact]
    public async Task Key_file_that_everybody_may_read_is_warned_about_and_one_for_the_group_is_not()
    {
        const string Key = "key \"k\" { algorithm hmac-sha256; secret \"La/E5CjG9O+os1jq0a2jdDuzvUPhLfHGa1q1MzAh4xU=\"; };\n";
        string open = _folder.Write("open.key", Key);
        (await Tool.RunAsync("chmod", "644", open)).OrThrow();
        string closed = _folder.Write("closed.key", Key.Replace("\"k\"", "\"l\"", StringComparison.Ordinal));
        (await Tool.RunAsync("chmod", "640", closed)).OrThrow();
        string conf = _folder.Write("named.conf", $"include \"{open}\";\ninclude \"{closed}\";\n");
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        ToolResult ours = await Tool.RunAsync(program, first[0], "checkconf", conf);
        Assert.Equal(0, ours.ExitCode);
        Assert.Equal($"{open}:1: key 'k': everybody may read this file; 'chmod o-r' keeps the secret\n", ours.Errors);
    }
}
