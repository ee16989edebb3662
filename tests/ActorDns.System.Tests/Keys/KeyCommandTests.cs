using System.Runtime.Versioning;
using System.Text.Json;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary><c>actordns key</c> against a running server, and what dig and nsupdate make of its keys.</summary>
public sealed class KeyCommandTests
{
    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Key_that_named_conf_names_and_the_registry_makes_opens_the_zone()
    {
        await using KeyedServer keyed = await KeyedServer.StartAsync();
        await keyed.KeyAsync("generate", "guest", "-a", "hmac-sha512");
        string file = keyed.Folder["guest.key"];
        await keyed.KeyAsync("export", "guest", "--out", file);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.True(await keyed.TransfersAsync(file));
        Assert.Contains("type \"registry-active\"; key \"guest\";", await keyed.RndcAsync("tsig-list"), StringComparison.Ordinal);

        await keyed.KeyAsync("revoke", "guest");
        Assert.False(await keyed.TransfersAsync(file));
        Assert.DoesNotContain("key \"guest\"", await keyed.RndcAsync("tsig-list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_secrets_of_one_name_verify_and_each_answer_has_the_one_that_asked()
    {
        await using KeyedServer keyed = await KeyedServer.StartAsync();
        string first = keyed.Folder.Write("first.key", KeyedServer.FirstKey.ToNamedConf());
        await keyed.KeyAsync("rotate", "xfr", "--same-name", "--overlap", "1h");
        string second = keyed.Folder.Write("second.key", await keyed.KeyAsync("export", "xfr"));

        foreach (string file in (string[])[first, second, first])
        {
            string script = $"server 127.0.0.1 {keyed.Server.Port}\nzone example\nupdate add {Path.GetFileName(file)}.example. 60 TXT \"x\"\nsend\n";
            (await Tool.RunAsync("nsupdate", ["-k", file], script)).OrThrow();
            Assert.True(await keyed.TransfersAsync(file));
        }

        await keyed.KeyAsync("retire", "xfr", "--gen", "1", "--force");
        Assert.False(await keyed.TransfersAsync(first));
        Assert.True(await keyed.TransfersAsync(second));
    }

    [Fact]
    public async Task Keys_of_tsig_keygen_and_of_key_files_are_imported_and_outlive_the_server()
    {
        await using KeyedServer keyed = await KeyedServer.StartAsync();
        string made = (await Tool.RunAsync("tsig-keygen", "-a", "hmac-sha384", "guest")).OrThrow().Output;
        (await keyed.TryKeyAsync(["import", "-"], made)).OrThrow();
        string secret = made.Split('"')[3];
        string file = keyed.Folder.Write(
            "Kother.+163+00001.private",
            "Private-key-format: v1.3\nAlgorithm: 163 (HMAC_SHA256)\nKey: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nBits: AAA=\n");
        await keyed.KeyAsync("import", file, "--every", "90d");

        string guest = keyed.Folder.Write("guest.key", made);
        Assert.True(await keyed.TransfersAsync(guest));
        Assert.Contains($"secret: {secret}", await keyed.KeyAsync("export", "guest", "--format", "knot"), StringComparison.Ordinal);
        using JsonDocument list = JsonDocument.Parse(await keyed.KeyAsync("list", "--json"));
        string[] keys = [.. list.RootElement.GetProperty("keys").EnumerateArray()
            .Select(key => $"{key.GetProperty("name")} {key.GetProperty("state")} {key.GetProperty("everySeconds")}")];
        Assert.Equal(["guest. active ", "other. active 7776000", "cookie. active 86400"], keys);
        Assert.DoesNotContain(secret[..12], string.Join('\n', keyed.Server.Process.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_is_refused_to_rndc_and_nonsense_is_answered_in_words()
    {
        await using KeyedServer keyed = await KeyedServer.StartAsync();
        await keyed.KeyAsync("generate", "guest");
        string exported = await keyed.KeyAsync("export", "guest");
        string secret = exported.Split('"')[3];

        Assert.DoesNotContain(secret[..12], await keyed.RndcAsync("key", "export", "guest"), StringComparison.Ordinal);
        Assert.Contains("guest", await keyed.RndcAsync("key", "list"), StringComparison.Ordinal);
        ToolResult unknown = await keyed.TryKeyAsync(["rotate", "nobody"]);
        Assert.Equal((1, "there is no key 'nobody' in the registry\n"), (unknown.ExitCode, unknown.Errors));
        ToolResult time = await keyed.TryKeyAsync(["rotate", "guest", "--every", "soon"]);
        Assert.Equal((1, "--every 'soon' is no length of time such as 365d, 12h or 30min\n"), (time.ExitCode, time.Errors));
        ToolResult twice = await keyed.TryKeyAsync(["export", "guest", "--out", keyed.Folder["control.key"]]);
        Assert.Equal(1, twice.ExitCode); // A file that is there is not written over.
    }
}
