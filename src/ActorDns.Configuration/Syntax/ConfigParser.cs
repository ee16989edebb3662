using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>
/// Reads a configuration into a tree by the grammar tables. Unknown statements and missing semicolons are reported and passed
/// over; every other error ends the reading.
/// </summary>
internal sealed class ConfigParser
{
    private const int MaxDepth = 200;
    private readonly IConfigSource _source;
    private readonly ImmutableArray<ConfigDiagnostic>.Builder _diagnostics;
    private readonly List<string> _files = [];
    private string _directory;
    private int _depth;

    private ConfigParser(IConfigSource source, string path, string text, ImmutableArray<ConfigDiagnostic>.Builder diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _directory = source.WorkingDirectory;
        _files.Add(path);
        Tokens = new TokenStream(new Lexer(text, path));
    }

    public TokenStream Tokens { get; }

    /// <summary>Reads the file and everything it includes; null when the reading could not go on to the end.</summary>
    public static ConfigTree? Parse(
        string path,
        IConfigSource source,
        ImmutableArray<ConfigDiagnostic>.Builder diagnostics,
        out string directory,
        BlockRule? grammar = null)
    {
        directory = source.WorkingDirectory;
        string absolute = Absolute(directory, path);
        string? text = source.ReadFile(absolute);
        if (text is null)
        {
            diagnostics.Add(new ConfigDiagnostic(DiagnosticSeverity.Error, absolute, 0, $"open: {absolute}: file not found"));
            return null;
        }

        ConfigParser parser = new(source, path, text, diagnostics);
        try
        {
            SyntaxValue.Block root = parser.ParseStatements(grammar ?? GrammarBook.Top, new SourcePosition(path, 1));
            Token rest = parser.Tokens.Next();
            if (rest.Kind != TokenKind.End)
                throw Near(rest, "syntax error");
            directory = parser._directory;
            return new ConfigTree(root, [.. parser._files]);
        }
        catch (ConfigSyntaxException error)
        {
            parser.Report(DiagnosticSeverity.Error, error.Position, error.Message);
            return null;
        }
    }

    public static ConfigSyntaxException Near(Token token, string message) =>
        new(token.Position, $"{message} near {token.Shown}");

    public void Report(DiagnosticSeverity severity, SourcePosition at, string message) =>
        _diagnostics.Add(new ConfigDiagnostic(severity, at.File, at.Line, message));

    public void Enter(SourcePosition at)
    {
        if (++_depth > MaxDepth)
            throw new ConfigSyntaxException(at, $"nested deeper than {MaxDepth} levels");
    }

    public void Leave() => _depth--;

    public Token ExpectSpecial(char c)
    {
        Token token = Tokens.Next();
        return token.IsSpecial(c) ? token : throw Near(token, $"'{c}' expected");
    }

    /// <summary>Takes a semicolon; reports a missing one and goes on.</summary>
    public void ExpectSemicolon()
    {
        Token token = Tokens.Peek;
        if (token.IsSpecial(';'))
            Tokens.Next();
        else
            Report(DiagnosticSeverity.Error, token.Position, $"missing ';' before {token.Shown}");
    }

    /// <summary>Reads statements until something stands there that is none.</summary>
    public SyntaxValue.Block ParseStatements(BlockRule block, SourcePosition at)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (Tokens.Peek.Kind == TokenKind.Word)
        {
            Token name = Tokens.Next();
            if (name.IsWord("include"))
            {
                Include(name.Position);
                continue;
            }

            StatementRule? rule = block.Find(name.Text);
            if (rule is null || !IsUsable(rule, name))
            {
                if (rule is null)
                    Report(DiagnosticSeverity.Error, name.Position, $"unknown option '{name.Text}'");
                SkipStatement();
                continue;
            }

            if (!rule.IsMany && !seen.Add(rule.Name))
                throw Near(name, $"'{rule.Name}' redefined");
            statements.Add(ParseStatement(rule, name));
        }

        return new SyntaxValue.Block(at, statements.ToImmutable()) { Rule = block };
    }

    private Statement ParseStatement(StatementRule rule, Token name)
    {
        var values = ImmutableArray.CreateBuilder<SyntaxValue>();
        rule.Grammar.Parse(this, values);
        Statement statement = new(rule.Name, name.Position, values.ToImmutable());
        if (rule.Name == "directory")
            ChangeDirectory(statement);
        ExpectSemicolon();
        return statement;
    }

    private bool IsUsable(StatementRule rule, Token name)
    {
        switch (rule.Class)
        {
            case StatementClass.Deprecated:
                Report(DiagnosticSeverity.Warning, name.Position, $"option '{rule.Name}' is deprecated");
                return true;
            case StatementClass.Obsolete:
                Report(DiagnosticSeverity.Warning, name.Position, $"option '{rule.Name}' is obsolete and should be removed");
                return true;
            case StatementClass.Newer:
                Report(DiagnosticSeverity.CheckError, name.Position, $"unknown option '{rule.Name}' (known to BIND 9.20 and later)");
                return true;
            case StatementClass.Ancient:
                Report(DiagnosticSeverity.Error, name.Position, $"option '{rule.Name}' no longer exists");
                return false;
            case StatementClass.NotConfigured:
                Report(DiagnosticSeverity.Error, name.Position, $"option '{rule.Name}' was not enabled at compile time");
                return false;
            default:
                return true;
        }
    }

    private void SkipStatement()
    {
        int depth = 0;
        while (true)
        {
            Token token = Tokens.Peek;
            if (token.Kind == TokenKind.End || (depth == 0 && (token.IsSpecial(';') || token.IsSpecial('}'))))
                break;
            Tokens.Next();
            depth += token.IsSpecial('{') ? 1 : token.IsSpecial('}') ? -1 : 0;
        }

        ExpectSemicolon();
    }

    private void ChangeDirectory(Statement statement)
    {
        string path = statement.Text!;
        string target = Absolute(_directory, path);
        if (!_source.DirectoryExists(target))
            throw new ConfigSyntaxException(statement.Scalar!.Position, $"change directory to '{path}' failed: file not found");
        _directory = target;
    }

    private void Include(SourcePosition at)
    {
        Token pattern = Tokens.Next();
        if (pattern.Kind != TokenKind.Quoted)
            throw Near(pattern, "expected quoted string");
        if (!Tokens.Peek.IsSpecial(';'))
            throw new ConfigSyntaxException(Tokens.Peek.Position, $"missing ';' before {Tokens.Peek.Shown}");
        Tokens.Next();
        string absolute = Absolute(_directory, pattern.Text);
        IReadOnlyList<string> paths = absolute.AsSpan().ContainsAny('*', '?', '[') ? _source.Glob(absolute) : [absolute];
        if (paths.Count == 0)
            throw new ConfigSyntaxException(at, $"include '{absolute}': file not found");
        // BIND opens the matches in order, each before the rest of the text, so the last one is read first.
        foreach (string path in paths)
        {
            string text = _source.ReadFile(path) ?? throw new ConfigSyntaxException(at, $"include '{path}': file not found");
            Tokens.Push(new Lexer(text, path), at);
        }

        _files.AddRange(paths);
    }

    private static string Absolute(string directory, string path) =>
        path.StartsWith('/') ? path : directory.TrimEnd('/') + "/" + path;
}
