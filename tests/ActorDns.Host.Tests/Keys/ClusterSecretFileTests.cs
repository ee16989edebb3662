using System.Runtime.Versioning;
using ActorDns.Actors.Keys;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class ClusterSecretFileTests : IDisposable
{
    private const string Line = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly TemporaryFolder _folder = new();

    private string Own => Path.Combine(_folder.Root, ClusterSecretFile.OwnName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Single_node_makes_its_secret_on_first_use_for_its_owner_only()
    {
        ClusterSecretFile file = new(null, _folder.Root, Own);
        Assert.Null(file.Read(mayMake: false, out _));
        Assert.False(File.Exists(Own));

        Assert.NotNull(file.Read(mayMake: true, out string problem));

        Assert.Equal("", problem);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Own));
        string made = File.ReadAllText(Own);
        Assert.NotNull(file.Read(mayMake: true, out _));
        Assert.Equal(made, File.ReadAllText(Own));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void File_that_others_may_read_or_write_is_refused(UnixFileMode more)
    {
        string path = Write("s", Line, UnixFileMode.UserRead | more);

        Assert.Null(new ClusterSecretFile("s", _folder.Root, null).Read(mayMake: true, out string problem));

        Assert.StartsWith($"{path}: others may read or write it", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")]
    [InlineData("# a comment alone")]
    public void Content_that_is_no_secret_is_refused_and_not_repeated(string content)
    {
        Write("s", content);

        Assert.Null(new ClusterSecretFile("s", _folder.Root, null).Read(mayMake: true, out string problem));

        Assert.DoesNotContain(content, problem, StringComparison.Ordinal);
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void Store_that_nodes_share_needs_the_setting() =>
        Assert.Null(new ClusterSecretFile(null, _folder.Root, null).Read(mayMake: true, out _));

    [Fact]
    public void Configured_file_is_never_made()
    {
        Assert.Null(new ClusterSecretFile("absent", _folder.Root, Own).Read(mayMake: true, out string problem));
        Assert.Contains("absent", problem, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Second_line_still_opens_what_it_has_sealed()
    {
        Write("old", Line);
        Write("both", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n" + Line + "\n");
        Zones.Keys.RegisteredKey key = new()
        {
            Line = Protocol.Names.DomainName.Parse("k."),
            Name = Protocol.Names.DomainName.Parse("k."),
            Generation = 1,
            Algorithm = "hmac-sha256",
            State = Zones.Keys.KeyState.Active,
            Created = DateTimeOffset.UnixEpoch,
            Secret = new Protocol.Security.TsigSecret("secret"u8),
        };
        byte[] made = Read("old").Seal(key);

        Assert.Equal(key.Secret, Read("both").Open(made, key));
        Assert.False(Read("both").IsCurrent(made));
    }

    private KeySealer Read(string name)
    {
        KeySealer? read = new ClusterSecretFile(name, _folder.Root, null).Read(mayMake: false, out string problem);
        Assert.True(read is not null, problem);
        return read;
    }

    private string Write(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(_folder.Root, name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
