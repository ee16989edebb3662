using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Records;

namespace ActorDns.Protocol.Tests.Records;

public sealed class KnownAnswerTests
{
    [Theory]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Every_type_has_three_examples(string type) =>
        Assert.True(Of(type).Count >= 3, $"{type} has {Of(type).Count}");

    [Theory]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Text_as_written_gives_the_octets_that_BIND_makes_of_it(string type)
    {
        foreach (RecordExample example in Of(type))
            Assert.Equal(Convert.ToHexString(example.Wire), Convert.ToHexString(RecordText.Parse(type, example.Written)));
    }

    [Theory]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Octets_print_as_BIND_prints_them(string type)
    {
        foreach (RecordExample example in Of(type))
            Assert.Equal(example.Printed, RecordText.Print(type, example.Wire));
    }

    [Theory]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Printed_text_reads_back_to_the_same_octets(string type)
    {
        foreach (RecordExample example in Of(type))
            Assert.Equal(Convert.ToHexString(example.Wire), Convert.ToHexString(RecordText.Parse(type, example.Printed)));
    }

    [Theory]
    [Rfc(3597, "5")]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Generic_form_is_read_for_known_types_too(string type)
    {
        foreach (RecordExample example in Of(type))
        {
            string generic = $"\\# {example.Wire.Length} {Convert.ToHexStringLower(example.Wire)}";
            Assert.Equal(Convert.ToHexString(example.Wire), Convert.ToHexString(RecordText.Parse(type, generic)));
        }
    }

    [Theory]
    [MemberData(nameof(RecordExamples.Types), MemberType = typeof(RecordExamples))]
    public void Uncompressed_octets_are_read_from_a_message_as_they_are(string type)
    {
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        foreach (RecordExample example in Of(type))
        {
            ParseError error = RecordText.ReadWire(format, [], example.Wire, example.Wire.Length, out byte[] read);
            Assert.Equal(ParseError.None, error);
            Assert.Equal(example.Wire, read);
        }
    }

    [Fact, Rfc(3597, "5")]
    public void Types_without_a_format_are_read_and_printed_in_generic_form()
    {
        foreach (RecordExample example in RecordExamples.All.Where(row => row.Type.StartsWith("TYPE", StringComparison.Ordinal)))
        {
            Assert.Equal(example.Wire, RecordText.Parse(example.Type, example.Written));
            Assert.Equal(example.Printed, RecordText.Print(example.Type, example.Wire));
        }
    }

    private static List<RecordExample> Of(string type) => [.. RecordExamples.All.Where(example => example.Type == type)];
}
