using System.Text;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Text;

public sealed class MasterFileReaderTests
{
    [Fact, Rfc(1035, "5.1")]
    public void Owner_that_is_blank_is_the_one_before() => Expect(
        "a 1 A 192.0.2.1\n  1 A 192.0.2.2\n\t1 A 192.0.2.3\n",
        "a.example. 1 A 192.0.2.1",
        "a.example. 1 A 192.0.2.2",
        "a.example. 1 A 192.0.2.3");

    [Fact, Rfc(1035, "5.1")]
    public void At_sign_is_the_origin() => Expect("@ 1 MX 1 @\n", "example. 1 MX 1 example.");

    [Fact, Rfc(1035, "5.1")]
    public void Name_with_final_dot_is_not_completed() => Expect("a.example. 1 A 192.0.2.1\n", "a.example. 1 A 192.0.2.1");

    [Fact, Rfc(1035, "5.1")]
    public void Parentheses_join_lines() => Expect(
        "a 1 TXT ( one ; comment (\n two\n) three\nb ( 1\n A ) 192.0.2.1\n",
        "a.example. 1 TXT \"one\" \"two\" \"three\"",
        "b.example. 1 A 192.0.2.1");

    [Fact, Rfc(1035, "5.1")]
    public void Semicolon_ends_a_word_and_starts_a_comment() => Expect(
        "; first\na 1 TXT x;y\n   ; only a comment\nb 1 TXT \"x;y\" z\\;\n",
        "a.example. 1 TXT \"x\"",
        "b.example. 1 TXT \"x;y\" \"z;\"");

    [Fact, Rfc(1035, "5.1")]
    public void Escapes_take_the_next_octet_or_three_digits() => Expect(
        "a\\.b\\046\\065 1 TXT \\\"\\\\\\032\n", "a\\.b\\.A.example. 1 TXT \"\\\"\\\\ \"");

    [Fact]
    public void Quotes_begin_and_end_words_without_space_around() => Expect(
        "a 1 TXT x\"y z\"w\"\"\n", "a.example. 1 TXT \"x\" \"y z\" \"w\" \"\"");

    [Fact]
    public void Line_end_after_a_backslash_is_part_of_a_quoted_word() => Expect(
        "a 1 TXT \"x\\\ny\"\nb 1 TXT z\n", "a.example. 1 TXT \"x\\010y\"", "b.example. 1 TXT \"z\"");

    [Theory]
    [InlineData("IN 7 A")]
    [InlineData("7 IN A")]
    [InlineData("7 A")]
    [InlineData("in 7S a")]
    [InlineData("CLASS1 7 TYPE1")]
    [Rfc(1035, "5.1")]
    public void Ttl_and_class_stand_in_either_order(string head) => Expect($"a {head} 192.0.2.1\n", "a.example. 7 A 192.0.2.1");

    [Theory]
    [InlineData("1w2d3h4m5s", 788_645)]
    [InlineData("1H", 3_600)]
    [InlineData("0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    public void Ttl_may_have_units(string ttl, int seconds) =>
        Expect($"a {ttl} A 192.0.2.1\n", $"a.example. {seconds} A 192.0.2.1");

    [Fact, Rfc(2181, "8")]
    public void Ttl_of_more_than_31_bits_is_zero_with_a_warning()
    {
        MasterFileSample sample = MasterFileSample.Of("a 2147483648 A 192.0.2.1\n");

        Assert.Equal(["a.example. 0 A 192.0.2.1"], sample.Records);
        Assert.Equal(["db:1: TTL 2147483648 > MAXTTL, setting TTL to 0"], sample.Warnings);
    }

    [Fact, Rfc(2308, "4")]
    public void Ttl_directive_holds_for_records_without_ttl_until_the_next() => Expect(
        "$TTL 7\na A 192.0.2.1\n 9 A 192.0.2.2\n A 192.0.2.3\n$ttl 1m\n A 192.0.2.4\n",
        "a.example. 7 A 192.0.2.1",
        "a.example. 9 A 192.0.2.2",
        "a.example. 7 A 192.0.2.3",
        "a.example. 60 A 192.0.2.4");

    [Fact, Rfc(1035, "5.1")]
    public void Ttl_of_the_record_before_holds_without_directive()
    {
        MasterFileSample sample = MasterFileSample.Of("a 7 A 192.0.2.1\n A 192.0.2.2\n A 192.0.2.3\n");

        Assert.Equal("a.example. 7 A 192.0.2.3", sample.Records[2]);
        Assert.Equal(["db:2: using RFC1035 TTL semantics: no $TTL, so the TTL is that of the record before"], sample.Warnings);
    }

    [Fact]
    public void Ttl_of_a_first_SOA_is_its_minimum_and_holds_on()
    {
        MasterFileSample sample = MasterFileSample.Of("@ SOA a b 1 2 3 4 55\n@ NS a\n");

        Assert.Equal(["example. 55 SOA a.example. b.example. 1 2 3 4 55", "example. 55 NS a.example."], sample.Records);
        Assert.Equal(["db:1: no TTL specified; using SOA MINTTL instead"], sample.Warnings);
    }

    [Fact, Rfc(1035, "5.1")]
    public void Origin_directive_completes_names_and_is_itself_relative() => Expect(
        "$ORIGIN a\nb 1 CNAME c\n$origin d\n@ 1 CNAME @\n$ORIGIN .\nf.example 1 CNAME g\n",
        "b.a.example. 1 CNAME c.a.example.",
        "d.a.example. 1 CNAME d.a.example.",
        "f.example. 1 CNAME g.");

    [Fact, Rfc(1035, "5.1")]
    public void Include_gives_back_origin_and_owner()
    {
        MasterFileSample sample = new MasterFileSample()
            .With("db", "$TTL 1\na A 192.0.2.1\n$INCLUDE sub/inc b ; comment\n A 192.0.2.2\nc A 192.0.2.3\n")
            .With("sub/inc", " A 192.0.2.9\nd A 192.0.2.4\n$ORIGIN e\n@ A 192.0.2.5\n")
            .Read();

        Assert.Equal(
            ["sub/inc:1: record with inherited owner (a.example) immediately after $ORIGIN (b.example)"],
            sample.Problems.Select(problem => problem.ToString()));
        Assert.Equal(
            [
                "a.example. 1 A 192.0.2.1",
                "a.example. 1 A 192.0.2.9",
                "d.b.example. 1 A 192.0.2.4",
                "e.b.example. 1 A 192.0.2.5",
                "a.example. 1 A 192.0.2.2",
                "c.example. 1 A 192.0.2.3",
            ],
            sample.Records);
    }

    [Fact]
    public void Include_of_a_quoted_path_takes_spaces()
    {
        MasterFileSample sample = new MasterFileSample().With("db", "$INCLUDE \"a b\"\n").With("a b", "a 1 A 192.0.2.1\n").Read();

        Assert.Single(sample.Records);
    }

    [Fact]
    public void Problem_in_an_included_file_names_that_file()
    {
        MasterFileSample sample = new MasterFileSample().With("db", "\n$INCLUDE inc\nx\n").With("inc", "a 1 A 192.0.2.1\na 1 FOO\n").Read();

        Assert.Equal(["inc:2: unknown RR type 'FOO'", "db:3: unexpected end of line: there is no record type"], sample.Errors);
    }

    [Fact]
    public void File_that_includes_itself_ends_in_an_error()
    {
        MasterFileSample sample = MasterFileSample.Of("$INCLUDE db\n$INCLUDE db\n");

        Assert.Equal(MaxErrors, sample.Errors.Count());
        Assert.All(sample.Errors, error => Assert.EndsWith("files include each other more than 50 deep", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Line_ends_are_LF_and_CR_LF_and_CR() => Expect(
        "a 1 A 192.0.2.1\r\n 1 TXT x\r\nb 1 TXT ( y\r\n z )\rc 1 A 192.0.2.2\n",
        "a.example. 1 A 192.0.2.1",
        "a.example. 1 TXT \"x\"",
        "b.example. 1 TXT \"y\" \"z\"",
        "c.example. 1 A 192.0.2.2");

    [Fact]
    public void Last_line_without_line_end_is_read_with_a_warning()
    {
        MasterFileSample sample = MasterFileSample.Of("a 1 A 192.0.2.1\nb 1 A 192.0.2.2");

        Assert.Equal(2, sample.Records.Count);
        Assert.Equal(["db:2: file does not end with newline"], sample.Warnings);
    }

    [Fact]
    public void Byte_order_mark_is_named_as_the_reason_why_the_first_word_is_misread()
    {
        MasterFileSample sample = MasterFileSample.Of([0xEF, 0xBB, 0xBF, .. "$TTL 1\na 1 A 192.0.2.1\n"u8]);

        Assert.Equal("db:1: file starts with a byte order mark, which is read as part of its first word", sample.Warnings.First());
        Assert.Equal(["db:1: unexpected end of line: there is no record type"], sample.Errors);
    }

    [Fact, Rfc(3597, "5")]
    public void Generic_forms_of_type_class_and_rdata_are_read() => Expect(
        "a CLASS1 1 TYPE65280 \\# 4 AB CD ( ef\n01 )\nb 1 A \\# 4 C0000201\nc 1 TYPE65280 \\# 0\n",
        "a.example. 1 TYPE65280 \\# 4 ABCDEF01",
        "b.example. 1 A 192.0.2.1",
        "c.example. 1 TYPE65280 \\# 0");

    [Fact]
    public void Data_outside_the_zone_is_left_out_with_one_warning_for_each_owner()
    {
        MasterFileSample sample = MasterFileSample.Of("a.org. 1 A 192.0.2.1\n 1 A 192.0.2.2\nb 1 A 192.0.2.3\n");

        Assert.Equal(["b.example. 1 A 192.0.2.3"], sample.Records);
        Assert.Equal(["db:1: ignoring out-of-zone data (a.org)"], sample.Warnings);
    }

    [Fact]
    public void Zone_of_class_CH_takes_records_of_its_class()
    {
        MasterFileSample sample = new MasterFileSample().With("db", "$TTL 1\na CH TXT x\nb TXT y\nc CHAOS TXT z\nd IN TXT w\n").Read(RecordClass.Ch);

        Assert.Equal(3, sample.Records.Count);
        Assert.Equal(["db:5: class 'IN' != zone class 'CH'"], sample.Errors);
    }

    [Theory]
    [InlineData("a 1 FOO x", "unknown RR type 'FOO'")]
    [InlineData("a 1 A 192.0.2", "a.example/A: ")]
    [InlineData("a 1 A", "a.example/A: ")]
    [InlineData("a 1 A 192.0.2.1 x", "a.example/A: ")]
    [InlineData("a A 192.0.2.1", "no TTL specified")]
    [InlineData("a 4294967296 A 192.0.2.1", "bad TTL '4294967296'")]
    [InlineData("a 1 IN 2 A 192.0.2.1", "unknown RR type '2'")]
    [InlineData("a 1 CH TXT x", "class 'CH' != zone class 'IN'")]
    [InlineData("a 1 TSIG x", "type 'TSIG': invalid use of a meta type")]
    [InlineData("a 1 OPT x", "type 'OPT': invalid use of a meta type")]
    [InlineData("a 1 TYPE255 \\# 0", "type 'ANY': invalid use of a meta type")]
    [InlineData("a 1 MD b", "type 'MD': obsolete")]
    [InlineData("a 1 TXT \"x", "unbalanced quotes")]
    [InlineData("a 1 TXT x )", "unbalanced parentheses")]
    [InlineData("a 1 TXT ( x", "unbalanced parentheses: the file ends inside them")]
    [InlineData("a 1 \"A\" 192.0.2.1", "near 'A': quotes where a record type is expected")]
    [InlineData(" 1 A 192.0.2.1", "no current owner name")]
    [InlineData("a..b 1 A 192.0.2.1", "bad owner name 'a..b': empty label")]
    [InlineData("\\[x12] 1 A 192.0.2.1", "bad owner name '\\[x12]': bad label type")]
    [InlineData("\\256 1 A 192.0.2.1", "bad owner name '\\256': bad escape")]
    [InlineData("$FOO x", "unknown $ directive '$FOO'")]
    [InlineData("$ORIGIN", "unexpected end of line")]
    [InlineData("$ORIGIN a b", "extra input text")]
    [InlineData("$ORIGIN \"a\"", "syntax error")]
    [InlineData("$ORIGIN a..b", "bad name 'a..b': empty label")]
    [InlineData("$TTL x", "bad TTL 'x'")]
    [InlineData("$INCLUDE nowhere", "nowhere: file not found")]
    public void Error_names_file_line_and_what_is_wrong(string line, string expected)
    {
        MasterFileSample sample = MasterFileSample.Of($"\n{line}\n");

        Assert.Empty(sample.Records);
        string error = Assert.Single(sample.Errors);
        Assert.StartsWith($"db:2: {expected}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nul_octet_outside_quotes_is_an_error()
    {
        MasterFileSample sample = MasterFileSample.Of([.. "a 1 A 192.0.2.1"u8, 0, (byte)'\n', .. "b 1 A 192.0.2.2\n"u8]);

        Assert.Equal(["db:1: a NUL octet stands outside quotes"], sample.Errors);
        Assert.Equal(["b.example. 1 A 192.0.2.2"], sample.Records);
    }

    [Fact]
    public void Reading_goes_on_after_an_error()
    {
        MasterFileSample sample = MasterFileSample.Of("a 1 FOO\nb 1 TXT ( x\nc 1 A 192.0.2.1\nd 1 A x\n");

        Assert.Equal(3, sample.Errors.Count());
        Assert.Equal(["c.example. 1 A 192.0.2.1"], sample.Records);
    }

    [Fact]
    public void Records_after_a_bad_owner_are_not_errors_of_their_own()
    {
        MasterFileSample sample = MasterFileSample.Of("a..b 1 A 192.0.2.1\n 1 A 192.0.2.2\nc 1 A 192.0.2.3\n");

        Assert.Single(sample.Errors);
        Assert.Equal(["c.example. 1 A 192.0.2.3"], sample.Records);
    }

    [Fact]
    public void Errors_are_bounded()
    {
        StringBuilder text = new();
        for (int i = 0; i < 1_000; i++)
            text.Append("a 1 FOO\n");

        MasterFileSample sample = MasterFileSample.Of(text.ToString());

        Assert.Equal(MaxErrors, sample.Errors.Count());
        Assert.Equal(["db: too many errors; the rest is left unread"], sample.Warnings);
    }

    [Fact]
    public void Line_of_a_megabyte_is_read()
    {
        StringBuilder text = new("a 1 TXT");
        for (int i = 0; i < 255; i++)
            text.Append(' ', 4_000).Append('x');
        text.Append("\nb 1 A 192.0.2.1\n");

        MasterFileSample sample = MasterFileSample.Of(text.ToString());

        Assert.Empty(sample.Problems);
        Assert.Equal(2, sample.Records.Count);
    }

    [Fact]
    public void Rdata_of_more_than_65535_octets_is_an_error()
    {
        StringBuilder text = new("a 1 TXT");
        for (int i = 0; i < 300; i++)
            text.Append(' ').Append('x', 255);

        MasterFileSample sample = MasterFileSample.Of(text.Append('\n').ToString());

        Assert.Single(sample.Errors);
        Assert.Empty(sample.Records);
    }

    [Fact]
    public void Progress_ends_with_all_octets_of_all_files()
    {
        MasterFileSample sample = new MasterFileSample().With("db", "$INCLUDE inc\n").With("inc", "a 1 A 192.0.2.1\n").Read();

        Assert.Equal(new MasterFileProgress(1, 29, 29), sample.Progress[^1]);
    }

    private const int MaxErrors = 100;

    private static void Expect(string text, params string[] records)
    {
        MasterFileSample sample = MasterFileSample.Of(text);
        Assert.Empty(sample.Problems);
        Assert.Equal(records, sample.Records);
    }
}
