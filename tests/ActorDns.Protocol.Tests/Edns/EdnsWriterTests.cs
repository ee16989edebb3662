using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Edns;

public sealed class EdnsWriterTests
{
    private const int Start = MessageHeader.Bytes;

    [Fact, Rfc(6891, "6.1.2")]
    public void Empty_record_has_root_owner_type_payload_and_no_options()
    {
        OptContent content = new() { PayloadBytes = 1232, DnssecOk = true };
        Assert.Equal("0000" + "2904D0" + "00008000" + "0000", Convert.ToHexString(Write(content)));
    }

    [Fact, Rfc(6891, "6.1.3")]
    public void High_bits_of_the_rcode_go_into_the_record()
    {
        OptContent content = new() { Rcode = Rcode.BadCookie };
        Assert.Equal(1, Write(content)[5]);
    }

    [Fact]
    public void Record_is_counted_in_the_additional_section()
    {
        byte[] message = new byte[100];
        MessageHeader.SetCount(message, 3, 2);
        EdnsWriter.TryWrite(message, Start, new OptContent(), 0, out _);
        Assert.Equal(3, MessageHeader.Count(message, 3));
    }

    [Fact]
    public void Every_option_that_is_written_is_read_back()
    {
        byte[] message = new byte[300];
        OptContent content = new()
        {
            Nsid = "ns1"u8,
            Cookie = "0123456789abcdef01234567"u8,
            TcpKeepaliveTimeout = 100,
            ExpireSeconds = 86_400,
            ExtendedError = ExtendedErrorCode.Prohibited,
            ExtendedErrorText = "not for you"u8,
        };
        Assert.True(EdnsWriter.TryWrite(message, Start, content, 0, out int end));
        ParseError error = EdnsReader.TryReadResponse(message.AsSpan(0, end), Start, isStream: true, out OptRecord opt);
        opt.TryReadTcpKeepaliveTimeout(message, out ushort timeout);
        opt.TryReadExpireSeconds(message, out uint seconds);
        opt.TryReadExtendedError(message, out ExtendedErrorOption extended);
        Assert.Equal(
            (ParseError.None, "ns1", "0123456789abcdef01234567", (ushort)100, 86_400u, ExtendedErrorCode.Prohibited, "not for you"),
            (error, Text(opt.Nsid.Data(message)), Text(opt.Cookie.Data(message)), timeout, seconds, extended.Code,
                Text(extended.Text)));
        Assert.False(opt.WantsPadding);
    }

    [Fact]
    public void Questions_of_a_client_are_empty_options()
    {
        byte[] message = new byte[100];
        OptContent content = new() { AsksForExpire = true, AsksForNsid = true, AsksForTcpKeepalive = true };
        EdnsWriter.TryWrite(message, Start, content, 0, out int end);
        EdnsReader.TryReadRequest(message.AsSpan(0, end), Start, isStream: true, out OptRecord opt);
        Assert.Equal(
            (true, 0, true, 0, true, 0),
            (opt.HasExpire, opt.Expire.DataLength, opt.WantsNsid, opt.Nsid.DataLength, opt.WantsTcpKeepalive,
                opt.TcpKeepalive.DataLength));
    }

    [Theory, Rfc(8467, "4.1")]
    [InlineData(Start, 0, 468)]
    [InlineData(400, 60, 936)]
    [InlineData(453, 0, 468)]
    [InlineData(454, 0, 936)]
    [InlineData(440, 13, 468)]
    public void Message_with_what_follows_is_padded_to_whole_blocks(int position, int bytesAfter, int expected)
    {
        byte[] message = new byte[2_000];
        OptContent content = new() { PaddingBlockBytes = EdnsWriter.ResponsePaddingBlockBytes };
        EdnsWriter.TryWrite(message, position, content, bytesAfter, out int end);
        Assert.Equal(expected, end + bytesAfter);
    }

    [Fact, Rfc(7830, "3")]
    public void Padding_is_zeros_whatever_the_buffer_held()
    {
        byte[] message = new byte[600];
        message.AsSpan(Start).Fill(0xFF);
        OptContent content = new() { PaddingBlockBytes = 128 };
        EdnsWriter.TryWrite(message, Start, content, 0, out int end);
        EdnsReader.TryReadResponse(message.AsSpan(0, end), Start, isStream: true, out OptRecord opt);
        Assert.True(opt.Padding.DataLength > 0);
        Assert.False(opt.Padding.Data(message).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Padding_is_cut_to_the_room_that_is_left()
    {
        byte[] message = new byte[200];
        OptContent content = new() { PaddingBlockBytes = EdnsWriter.ResponsePaddingBlockBytes };
        Assert.True(EdnsWriter.TryWrite(message, Start, content, 50, out int end));
        Assert.Equal(150, end);
    }

    [Fact]
    public void Padding_is_left_out_where_not_even_its_head_fits()
    {
        byte[] message = new byte[Start + EdnsWriter.EmptyRecordBytes + 3];
        OptContent content = new() { PaddingBlockBytes = EdnsWriter.ResponsePaddingBlockBytes };
        Assert.True(EdnsWriter.TryWrite(message, Start, content, 0, out int end));
        Assert.Equal(Start + EdnsWriter.EmptyRecordBytes, end);
    }

    [Fact]
    public void Record_that_does_not_fit_leaves_the_message_as_it_was()
    {
        byte[] message = new byte[Start + EdnsWriter.EmptyRecordBytes + 20];
        OptContent content = new() { Nsid = "ns1"u8 };
        Assert.False(EdnsWriter.TryWrite(message, Start, content, 20, out int end));
        Assert.Equal(Start, end);
        Assert.False(message.AsSpan().ContainsAnyExcept((byte)0));
    }

    private static byte[] Write(in OptContent content)
    {
        byte[] message = new byte[2_000];
        Assert.True(EdnsWriter.TryWrite(message, Start, content, 0, out int end));
        Assert.Equal(end, Start + EdnsWriter.Measure(content));
        return message[Start..end];
    }

    private static string Text(ReadOnlySpan<byte> octets) => System.Text.Encoding.UTF8.GetString(octets);
}
