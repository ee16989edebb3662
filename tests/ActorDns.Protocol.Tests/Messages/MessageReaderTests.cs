using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Tests.Messages;

public sealed class MessageReaderTests
{
    [Fact, Rfc(1035, "4.1.4")]
    public void Name_with_a_pointer_back_is_read_whole_and_the_position_is_behind_the_pointer()
    {
        byte[] message = [.. new byte[12], 3, .. "com"u8, 0, 3, .. "www"u8, 0xC0, 12, 99];
        (ParseError error, byte[] name, int position) = ReadName(message, 17);
        Assert.Equal(ParseError.None, error);
        Assert.Equal(DomainName.Parse("www.com.").Wire.ToArray(), name);
        Assert.Equal(23, position);
    }

    [Theory, Rfc(9267, "2")]
    [InlineData(12, new byte[] { 0xC0, 12 })]
    [InlineData(12, new byte[] { 0xC0, 14, 0 })]
    [InlineData(12, new byte[] { 1, 97, 0xC0, 12 })]
    [InlineData(14, new byte[] { 0xC0, 14, 0xC0, 12 })]
    [InlineData(12, new byte[] { 0xC0, 0 })]
    public void Pointer_that_does_not_lead_to_an_earlier_name_is_refused(int at, byte[] tail)
    {
        byte[] message = [.. new byte[12], .. tail];
        Assert.Equal(ParseError.BadPointer, ReadName(message, at).Error);
    }

    [Fact, Rfc(9267, "2")]
    public void Two_pointers_that_lead_to_each_other_are_refused()
    {
        byte[] message = [.. new byte[12], 1, (byte)'a', 0xC0, 16, 1, (byte)'b', 0xC0, 12];
        Assert.Equal(ParseError.BadPointer, ReadName(message, 16).Error);
    }

    [Theory, Rfc(1035, "4.1.4")]
    [InlineData(0x40)]
    [InlineData(0x41)]
    [InlineData(0x80)]
    [InlineData(0xBF)]
    public void Reserved_label_types_are_refused(byte octet) =>
        Assert.Equal(ParseError.BadLabel, ReadName([.. new byte[12], octet, 0, 0], 12).Error);

    [Fact, Rfc(1035, "2.3.4")]
    public void Name_of_255_octets_is_read_and_one_more_is_refused()
    {
        byte[] longest = LongName(253);
        byte[] message = [.. new byte[12], .. longest];
        Assert.Equal(255, longest.Length);
        Assert.Equal(ParseError.None, ReadName(message, 12).Error);

        byte[] tooLong = [.. new byte[12], 1, (byte)'x', .. longest];
        Assert.Equal(ParseError.NameTooLong, ReadName(tooLong, 12).Error);
    }

    [Fact]
    public void Name_cut_short_at_any_octet_is_short_input_and_moves_nothing()
    {
        byte[] whole = [.. new byte[12], 3, .. "www"u8, 7, .. "example"u8, 0];
        for (int length = 12; length < whole.Length; length++)
        {
            MessageReader reader = new(whole.AsSpan(0, length));
            reader.Seek(12);
            Assert.Equal(ParseError.ShortInput, reader.TryReadName(new byte[255], out _));
            Assert.Equal(12, reader.Position);
        }
    }

    [Fact]
    public void Record_whose_data_runs_over_the_end_is_short_input()
    {
        byte[] message = [.. new byte[12], 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3];
        MessageReader reader = new(message);
        reader.Seek(12);
        Assert.Equal(ParseError.None, reader.TrySkipName());
        Assert.Equal(ParseError.ShortInput, reader.TryReadRecordTail(out _));
        Assert.Equal(13, reader.Position);
    }

    private static (ParseError Error, byte[] Name, int Position) ReadName(byte[] message, int at)
    {
        MessageReader reader = new(message);
        reader.Seek(at);
        byte[] name = new byte[WireName.MaxBytes];
        ParseError error = reader.TryReadName(name, out int length);
        return (error, name[..length], reader.Position);
    }

    private static byte[] LongName(int labelOctetsAndLengths)
    {
        List<byte> name = [];
        int left = labelOctetsAndLengths + 1;
        while (left > 0)
        {
            int label = Math.Min(63, left - 1);
            name.Add((byte)label);
            name.AddRange(Enumerable.Repeat((byte)'a', label));
            left -= label + 1;
        }

        name.Add(0);
        return [.. name];
    }
}
