using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Messages;

public sealed class MessageScanTests
{
    private static readonly byte[] Question = [.. DomainName.Parse("example.com.").Wire, 0, 1, 0, 1];
    private static readonly byte[] Opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Tsig = [1, (byte)'k', 0, 0, 250, 0, 255, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Address = [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];

    [Fact]
    public void Query_with_edns_and_tsig_gives_the_places_of_all_three()
    {
        byte[] message = Build(1, 0, 0, 2, [.. Question, .. Opt, .. Tsig]);
        Assert.Equal(ParseError.None, MessageScan.TryScan(message, out MessageLayout layout));
        Assert.True(layout.QuestionName(message).SequenceEqual(DomainName.Parse("example.com.").Wire));
        Assert.Equal(RecordType.A, layout.QuestionType);
        Assert.Equal(12 + Question.Length, layout.OptOffset);
        Assert.Equal(12 + Question.Length + Opt.Length, layout.TsigOffset);
    }

    [Fact, Rfc(9619, "4")]
    public void Two_questions_are_refused() => Assert.Equal(
        ParseError.BadQuestionCount, MessageScan.TryScan(Build(2, 0, 0, 0, [.. Question, .. Question]), out _));

    [Fact, Rfc(6891, "6.1.1")]
    public void Second_opt_is_refused() => Assert.Equal(
        ParseError.MisplacedRecord, MessageScan.TryScan(Build(1, 0, 0, 2, [.. Question, .. Opt, .. Opt]), out _));

    [Fact, Rfc(6891, "6.1.2")]
    public void Opt_with_an_owner_other_than_the_root_is_refused()
    {
        byte[] named = [1, (byte)'x', .. Opt];
        Assert.Equal(ParseError.MisplacedRecord, MessageScan.TryScan(Build(1, 0, 0, 1, [.. Question, .. named]), out _));
    }

    [Theory, Rfc(6891, "6.1.1")]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Opt_outside_the_additional_section_is_refused(int answers, int authorities) => Assert.Equal(
        ParseError.MisplacedRecord,
        MessageScan.TryScan(Build(1, answers, authorities, 0, [.. Question, .. Opt]), out _));

    [Fact, Rfc(8945, "5.1")]
    public void Tsig_that_is_not_last_is_refused() => Assert.Equal(
        ParseError.MisplacedRecord, MessageScan.TryScan(Build(1, 0, 0, 2, [.. Question, .. Tsig, .. Opt]), out _));

    [Fact, Rfc(8945, "5.1")]
    public void Second_tsig_is_refused() => Assert.Equal(
        ParseError.MisplacedRecord, MessageScan.TryScan(Build(1, 0, 0, 2, [.. Question, .. Tsig, .. Tsig]), out _));

    [Fact, Rfc(8945, "5.1")]
    public void Tsig_in_the_answer_section_is_refused() => Assert.Equal(
        ParseError.MisplacedRecord, MessageScan.TryScan(Build(1, 1, 0, 0, [.. Question, .. Tsig]), out _));

    [Fact]
    public void Octets_after_the_last_record_are_refused() => Assert.Equal(
        ParseError.TrailingBytes, MessageScan.TryScan(Build(1, 0, 0, 0, [.. Question, 0]), out _));

    [Fact]
    public void Compressed_question_is_refused() => Assert.Equal(
        ParseError.BadPointer, MessageScan.TryScan(Build(1, 0, 0, 0, [0xC0, 12, 0, 1, 0, 1]), out _));

    [Fact]
    public void Any_message_cut_at_any_octet_or_with_any_octet_changed_never_throws()
    {
        byte[] whole = Build(1, 1, 1, 2, [.. Question, .. Address, .. Address, .. Opt, .. Tsig]);
        Assert.Equal(ParseError.None, MessageScan.TryScan(whole, out _));
        for (int length = 0; length < whole.Length; length++)
            Assert.NotEqual(ParseError.None, MessageScan.TryScan(whole.AsSpan(0, length), out _));
        for (int at = 0; at < whole.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. whole];
                changed[at] = (byte)value;
                if (MessageScan.TryScan(changed, out MessageLayout layout) == ParseError.None && layout.HasQuestion)
                    Assert.True(WireName.IsWellFormed(layout.QuestionName(changed)));
            }
        }
    }

    private static byte[] Build(int questions, int answers, int authorities, int additionals, byte[] body)
    {
        byte[] message = [.. new byte[12], .. body];
        int[] counts = [questions, answers, authorities, additionals];
        for (int section = 0; section < 4; section++)
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4 + (2 * section)), (ushort)counts[section]);
        return message;
    }
}
