using ActorDns.Host.Control;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Tests.Control;

public sealed class ControlKeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Made_file_is_readable_by_owner_and_group_and_holds_one_good_key()
    {
        string path = _folder.File("rndc.key");
        Assert.True(ControlKeyFile.TryCreate(path, out _));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        Assert.True(ControlKeyFile.TryRead(path, out IReadOnlyList<TsigKey> keys, out _));
        Assert.Equal("rndc-key (hmac-sha256)", Assert.Single(keys).ToString());
        Assert.Equal(32, keys[0].Secret.Length);
    }

    [Fact]
    public void Existing_file_is_never_replaced()
    {
        string path = _folder.Write("rndc.key", "kept");
        Assert.False(ControlKeyFile.TryCreate(path, out string reason));
        Assert.NotEqual("", reason);
        Assert.Equal("kept", File.ReadAllText(path));
    }

    [Fact]
    public async Task File_of_rndc_confgen_is_read()
    {
        string path = _folder.File("made.key");
        (int code, _, string error) = await Commands.Program.ToolAsync("rndc-confgen", "-a", "-c", path, "-A", "hmac-sha512");
        Assert.True(code == 0, error);
        Assert.True(ControlKeyFile.TryRead(path, out IReadOnlyList<TsigKey> keys, out string reason), reason);
        Assert.Equal("hmac-sha512", Assert.Single(keys).Algorithm.Name);
    }

    [Fact]
    public void Broken_file_gives_a_reason_with_its_place_and_no_secret()
    {
        string path = _folder.Write("bad.key", "key \"k\" {\n algorithm hmac-sha999;\n secret \"c2VjcmV0\";\n};\n");
        Assert.False(ControlKeyFile.TryRead(path, out _, out string reason));
        Assert.StartsWith($"{path}:2:", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_is_found_as_rndc_finds_it()
    {
        string conf = _folder.Write("rndc.conf", """
            key "a" { algorithm hmac-sha256; secret "AAAA"; };
            key "b" { algorithm hmac-sha1; secret "BBBB"; };
            server far { key b; port 1953; addresses { 192.0.2.1; 192.0.2.2 port 77; }; };
            options { default-key a; default-server near; default-port 2953; };
            """);
        ControlTarget? near = ControlTarget.Find(new ControlTargetOptions(null, null, null, conf, null), out _);
        Assert.Equal([("near", 2953)], near!.Addresses);
        Assert.Equal("a (hmac-sha256)", near.Key.ToString());
        ControlTarget? far = ControlTarget.Find(new ControlTargetOptions("far", null, null, conf, null), out _);
        Assert.Equal([("192.0.2.1", 1953), ("192.0.2.2", 77)], far!.Addresses);
        Assert.Equal("b (hmac-sha1)", far.Key.ToString());
        ControlTarget? forced = ControlTarget.Find(new ControlTargetOptions("far", 5, null, conf, "a"), out _);
        Assert.Equal([("192.0.2.1", 5), ("192.0.2.2", 5)], forced!.Addresses);
        Assert.Equal("a (hmac-sha256)", forced.Key.ToString());
        Assert.Null(ControlTarget.Find(new ControlTargetOptions(null, null, null, conf, "none"), out string problem));
        Assert.Equal("no key definition for name none", problem);
    }
}
