using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Tests;

public sealed class LexerTests
{
    [Fact]
    public void Lexer_cuts_at_specials_and_keeps_other_characters_in_words() =>
        Assert.Equal(
            ["10", "/", "8", "!", "A(1)", "*", "fe80::1%eth0", ";", "{", "}"],
            Words("10/8 ! A(1) * fe80::1%eth0; { }"));

    [Theory]
    [InlineData("a /* b ; */ c")]
    [InlineData("a // b ; \n c")]
    [InlineData("a # b ; \n c")]
    [InlineData("a#b\nc")]
    [InlineData("a/* x\n * y */c")]
    public void Comment_of_every_style_is_passed_over(string text) => Assert.Equal(["a", "c"], Words(text));

    [Fact]
    public void Semicolon_never_begins_a_comment() => Assert.Equal([";", "a"], Words("; a"));

    [Fact]
    public void Quoted_string_spans_lines_and_unescapes_quotes_only()
    {
        Token token = new Lexer("\"a\\\"b\\\\c\nd\"", "f").Next();

        Assert.Equal("a\"b\\\\c\nd", token.Text);
        Assert.Equal(new SourcePosition("f", 2), token.Position);
    }

    [Theory]
    [InlineData("/* never")]
    [InlineData("\"never")]
    public void Comment_or_string_without_end_is_an_error(string text) =>
        Assert.Equal("unexpected end of input", Assert.Throws<ConfigSyntaxException>(() => new Lexer(text, "f").Next()).Message);

    [Fact]
    public void Position_counts_lines_through_comments()
    {
        Lexer lexer = new("/* \n\n */ a\n// x\nb", "f");

        Assert.Equal([3, 5], [lexer.Next().Position.Line, lexer.Next().Position.Line]);
    }

    private static List<string> Words(string text)
    {
        Lexer lexer = new(text, "f");
        List<string> words = [];
        for (Token token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
            words.Add(token.Text);
        return words;
    }
}
