using System.Text;
using ActorDns.Actors.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Tests.Keys;

/// <summary>The text in which a node keeps the registry, and its file.</summary>
public sealed class KeptKeysTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly byte[] First = [.. Enumerable.Range(0, 32).Select(at => (byte)at)];
    private static readonly byte[] Second = [.. Enumerable.Range(7, 40).Select(at => (byte)at)];
    private static readonly KeySealer Sealer = new([First]);
    private static readonly DateTimeOffset Time = new(2026, 11, 26, 10, 1, 7, 125, TimeSpan.Zero);

    private static readonly RegisteredKey Full = new()
    {
        Line = DomainName.Parse("certbot."),
        Generation = 2,
        Name = DomainName.Parse("a\\032b.certbot-g2."),
        Algorithm = "hmac-sha256-128",
        State = KeyState.Retiring,
        Created = Time,
        Activated = Time.AddDays(1),
        RetiringSince = Time.AddDays(2),
        Predecessor = 1,
        IsHeld = true,
        Every = TimeSpan.FromDays(90),
        Overlap = TimeSpan.FromHours(3),
        Peers = [NetAddress.FromIPv4(0xC0000207), NetAddress.From(System.Net.IPAddress.Parse("2001:db8::7"))],
        RowVersion = 5,
        RingVersion = 17,
    };

    private static readonly RegisteredKey Ended = new()
    {
        Line = DomainName.Parse("leaked."),
        Generation = 1,
        Name = DomainName.Parse("leaked."),
        Algorithm = "hmac-sha512",
        State = KeyState.Revoked,
        Created = Time,
        Ended = Time.AddDays(3),
        RowVersion = 2,
        RingVersion = 18,
    };

    private static readonly RegisteredKey Cookie = Full with
    {
        Kind = KeyKind.Cookie,
        Line = DomainName.Parse("cookie."),
        Name = DomainName.Parse("cookie."),
        Algorithm = CookieSecrets.Algorithm,
        Peers = [],
    };

    private static readonly KeptKeys Kept = new(
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), 18, Time.AddDays(4), [Stored(Full), Stored(Ended), Stored(Cookie)]);

    private readonly TempFolder _folder = new();

    private KeptKeysFile File => new(_folder["actordns.keys"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_comes_back_as_it_was()
    {
        KeptKeys read = KeptKeys.Read(Kept.ToUtf8(Sealer), Sealer, out string reason)!;

        Assert.Equal((Kept.Epoch, Kept.Version, Kept.ToldAt, ""), (read.Epoch, read.Version, read.ToldAt, reason));
        Assert.Equal(3, read.Keys.Count);
        foreach ((StoredKey before, StoredKey after) in Kept.Keys.Zip(read.Keys))
        {
            Assert.Equal(before.Key with { Peers = [] }, after.Key with { Peers = [] });
            Assert.Equal(before.Key.Peers, after.Key.Peers);
            Assert.Equal(before.Sealed.ToArray(), after.Sealed.ToArray());
        }

        Assert.Equal(Secret, Encoding.ASCII.GetString(Sealer.Open(read.Keys[0].Sealed.Span, read.Keys[0].Key)!.Octets));
    }

    [Fact]
    public void No_secret_is_in_it_in_the_clear()
    {
        byte[] text = Kept.ToUtf8(Sealer);

        Assert.True(text.AsSpan().IndexOf("certbot"u8) > 0); // Else this looks in vain.
        foreach (byte[] secret in (byte[][])[Encoding.ASCII.GetBytes(Secret), First])
        {
            Assert.True(text.AsSpan().IndexOf(secret.AsSpan(0, 8)) < 0);
            Assert.True(text.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)[..10])) < 0);
            Assert.DoesNotContain(Convert.ToHexString(secret)[..16], Encoding.ASCII.GetString(text), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void No_octet_can_be_changed_added_or_left_out()
    {
        byte[] text = Kept.ToUtf8(Sealer);
        for (int at = 0; at < text.Length; at++)
        {
            foreach (byte bit in (byte[])[1, 0x20])
            {
                byte[] changed = [.. text];
                changed[at] ^= bit;
                Assert.Null(KeptKeys.Read(changed, Sealer, out string reason));
                Assert.Matches("altered|another cluster secret", reason);
            }

            Assert.Null(KeptKeys.Read(text.AsSpan(0, at), Sealer, out _));
        }

        Assert.Null(KeptKeys.Read([.. text, (byte)'\n'], Sealer, out _));
        Assert.Null(KeptKeys.Read([(byte)'\n', .. text], Sealer, out _));
    }

    [Fact]
    public void State_that_was_edited_is_found_out()
    {
        string text = Encoding.UTF8.GetString(Kept.ToUtf8(Sealer));
        string edited = text.Replace("\"Revoked\"", "\"Active\"", StringComparison.Ordinal);
        Assert.NotEqual(text, edited);

        Assert.Null(KeptKeys.Read(Encoding.UTF8.GetBytes(edited), Sealer, out string reason));
        Assert.StartsWith("it was altered", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_cluster_secret_does_not_open_it_and_a_second_line_does()
    {
        byte[] text = Kept.ToUtf8(Sealer);

        Assert.Null(KeptKeys.Read(text, new KeySealer([Second]), out string reason));
        Assert.StartsWith("it was written under another cluster secret", reason, StringComparison.Ordinal);
        Assert.NotNull(KeptKeys.Read(text, new KeySealer([Second, First]), out _));
    }

    [Fact]
    public void Form_of_another_version_is_said_to_be_that()
    {
        byte[] content = "{\"format\":\"actordns-keys-2\"}\n"u8.ToArray();
        string mac = Convert.ToHexString(Sealer.Authenticate(content));

        Assert.Null(KeptKeys.Read([.. content, .. Encoding.ASCII.GetBytes(mac + "\n")], Sealer, out string reason));
        Assert.StartsWith("another version", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void File_is_its_owners_alone_whatever_was_there_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are those of Unix");
        string path = _folder.Write("actordns.keys", "old");
        string left = _folder.Write($"actordns.keys.{Environment.ProcessId:x}.new", "of a process that died");
        if (!OperatingSystem.IsWindows())
        {
            foreach (string one in (string[])[path, left])
                global::System.IO.File.SetUnixFileMode(one, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            File.Write(Kept, Sealer);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, global::System.IO.File.GetUnixFileMode(path));
        }

        Assert.Equal([path], Directory.GetFiles(_folder.FullPath));
        Assert.NotNull(File.Read(Sealer, "", out _));
    }

    [Fact]
    public void File_that_cannot_be_replaced_stays_as_it_is()
    {
        File.Write(Kept, Sealer);
        Directory.CreateDirectory(_folder[$"actordns.keys.{Environment.ProcessId:x}.new/in-the-way"]);

        Assert.ThrowsAny<SystemException>(() => File.Write(Kept with { Version = 19 }, Sealer));

        Assert.Equal(18, File.Read(Sealer, "", out _)!.Version);
    }

    [Fact]
    public void No_file_is_no_reason_and_a_file_without_a_cluster_secret_is()
    {
        Assert.Null(File.Read(null, "no secret", out string none));
        Assert.Equal("", none);
        File.Write(Kept, Sealer);

        Assert.Null(File.Read(null, "the.secret is gone", out string reason));
        Assert.Contains("the.secret is gone", reason, StringComparison.Ordinal);
    }

    private static StoredKey Stored(RegisteredKey key) =>
        new(key, key.IsLive ? Sealer.Seal(key with { Secret = new TsigSecret(Encoding.ASCII.GetBytes(Secret)) }) : default);
}
