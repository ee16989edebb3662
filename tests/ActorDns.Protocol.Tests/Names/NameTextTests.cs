using System.Text;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Tests.Names;

public sealed class NameTextTests
{
    private static readonly byte[] Origin = DomainName.Parse("example.").Wire.ToArray();

    [Theory, Rfc(1035, "5.1")]
    [InlineData("www", "www.example.")]
    [InlineData("www.", "www.")]
    [InlineData("@", "example.")]
    [InlineData(".", ".")]
    [InlineData("a\\.b", "a\\.b.example.")]
    [InlineData("a\\046b.", "a\\.b.")]
    [InlineData("\\@", "\\@.example.")]
    [InlineData("\\000\\255.", "\\000\\255.")]
    [InlineData("a b.", "a\\032b.")]
    [InlineData("\\$\\;\\(\\)\\\"\\\\.", "\\$\\;\\(\\)\\\"\\\\.")]
    [InlineData("_sip._tcp.*", "_sip._tcp.*.example.")]
    public void Name_is_completed_unescaped_and_printed(string text, string printed)
    {
        byte[] name = new byte[WireName.MaxBytes];
        Assert.Equal(NameTextError.None, NameText.TryParse(Encoding.ASCII.GetBytes(text), Origin, name, out int length));
        Assert.Equal(printed, NameText.ToText(name.AsSpan(0, length), keepFinalDot: true));

        byte[] plain = new byte[length];
        bool isPlain = NameText.TryWritePlain(name.AsSpan(0, length), plain, out int plainLength);
        Assert.Equal(printed != "." && !printed.Contains('\\', StringComparison.Ordinal), isPlain);
        Assert.Equal(isPlain ? printed : "", Encoding.ASCII.GetString(plain, 0, plainLength));
    }

    [Theory]
    [InlineData("", NameTextError.Empty)]
    [InlineData("..", NameTextError.EmptyLabel)]
    [InlineData(".a", NameTextError.EmptyLabel)]
    [InlineData("a..b", NameTextError.EmptyLabel)]
    [InlineData("a..", NameTextError.EmptyLabel)]
    [InlineData("a\\", NameTextError.BadEscape)]
    [InlineData("a\\25", NameTextError.BadEscape)]
    [InlineData("a\\256", NameTextError.BadEscape)]
    [InlineData("a\\2b5", NameTextError.BadEscape)]
    [InlineData("\\[x20/8]", NameTextError.BitStringLabel)]
    public void Wrong_name_is_refused_over_characters_and_octets(string text, NameTextError error)
    {
        byte[] name = new byte[WireName.MaxBytes];
        Assert.Equal(error, NameText.TryParse(text, Origin, name, out _));
        Assert.Equal(error, NameText.TryParse(Encoding.UTF8.GetBytes(text), Origin, name, out _));
    }

    [Theory]
    [InlineData("a\u00e9")]
    [InlineData("a\\\u00e9")]
    [InlineData("a\u20ac")]
    public void Characters_outside_ASCII_are_refused_and_octets_taken_as_they_are(string text)
    {
        byte[] name = new byte[WireName.MaxBytes];
        byte[] octets = Encoding.UTF8.GetBytes(text);
        Assert.Equal(NameTextError.NotAscii, NameText.TryParse(text, Origin, name, out _));
        Assert.Equal(NameTextError.None, NameText.TryParse(octets, Origin, name, out _));
        Assert.Equal(octets.Where(octet => octet != '\\'), name[1..(name[0] + 1)]);
    }

    [Fact, Rfc(1035, "2.3.4")]
    public void Label_of_63_octets_is_read_and_one_of_64_refused()
    {
        byte[] name = new byte[WireName.MaxBytes];
        Assert.Equal(NameTextError.None, NameText.TryParse(new string('a', 63), Origin, name, out _));
        Assert.Equal(NameTextError.LabelTooLong, NameText.TryParse(new string('a', 64), Origin, name, out _));
    }

    [Theory, Rfc(1035, "2.3.4")]
    [InlineData(61, NameTextError.None)]
    [InlineData(62, NameTextError.NameTooLong)]
    public void Name_of_255_octets_is_read_and_one_of_256_refused(int lastLabel, NameTextError error)
    {
        string text = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', lastLabel)) + ".";
        byte[] name = new byte[WireName.MaxBytes];
        Assert.Equal(error, NameText.TryParse(text, Origin, name, out _));
        string escaped = string.Concat(text.Select(c => c == '.' ? "." : $"\\{(int)c:000}"));
        Assert.Equal(error, NameText.TryParse(escaped, Origin, name, out _));
    }

    [Fact]
    public void Relative_name_and_at_sign_need_an_origin()
    {
        byte[] name = new byte[WireName.MaxBytes];
        Assert.Equal(NameTextError.NoOrigin, NameText.TryParse("www"u8, default, name, out _));
        Assert.Equal(NameTextError.NoOrigin, NameText.TryParse("@"u8, default, name, out _));
        Assert.Equal(NameTextError.None, NameText.TryParse("www."u8, default, name, out _));
    }

    [Fact]
    public void Random_names_survive_text()
    {
        Random random = new(1035);
        byte[] back = new byte[WireName.MaxBytes];
        for (int round = 0; round < 2_000; round++)
        {
            List<byte> name = [];
            while (name.Count < 200 && random.Next(5) > 0)
            {
                byte[] label = new byte[random.Next(1, 50)];
                random.NextBytes(label);
                name.AddRange([(byte)label.Length, .. label]);
            }

            byte[] wire = [.. name, 0];
            string text = NameText.ToText(wire, keepFinalDot: true);
            Assert.Equal(NameTextError.None, NameText.TryParse(text, Origin, back, out int length));
            Assert.Equal(wire, back[..length]);
        }
    }
}
