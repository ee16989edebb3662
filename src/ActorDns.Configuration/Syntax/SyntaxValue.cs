using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A value of the syntax tree; every node keeps the place it was written at.</summary>
public abstract record SyntaxValue
{
    private SyntaxValue(SourcePosition position) => Position = position;

    /// <summary>Where the value stands.</summary>
    public SourcePosition Position { get; }

    /// <summary>
    /// A single value. <paramref name="Text"/> is its plain content, <paramref name="Canonical"/> the form in which it prints
    /// unquoted.
    /// </summary>
    public sealed record Scalar(SourcePosition At, ScalarKind Kind, string Text, string Canonical) : SyntaxValue(At);

    /// <summary>A keyword of an optional part with what follows it, such as <c>port 53</c>.</summary>
    public sealed record Option(SourcePosition At, string Keyword, SyntaxValue? Value) : SyntaxValue(At);

    /// <summary>Values one after another.</summary>
    public sealed record Sequence(SourcePosition At, ImmutableArray<SyntaxValue> Items) : SyntaxValue(At);

    /// <summary>A braced list, each element ended by a semicolon.</summary>
    public sealed record List(SourcePosition At, ImmutableArray<SyntaxValue> Items) : SyntaxValue(At);

    /// <summary>An element of an address match list behind an exclamation mark.</summary>
    public sealed record Negated(SourcePosition At, SyntaxValue Inner) : SyntaxValue(At);

    /// <summary>Text kept as written, for blocks whose content belongs to somebody else.</summary>
    public sealed record Raw(SourcePosition At, string Text) : SyntaxValue(At);

    /// <summary>A braced block of statements.</summary>
    public sealed record Block(SourcePosition At, ImmutableArray<Statement> Statements) : SyntaxValue(At)
    {
        internal BlockRule Rule { get; init; } = BlockRule.Empty;

        /// <summary>The single statement of that name, or the first of several; null when it is not written.</summary>
        public Statement? Find(string name)
        {
            foreach (Statement statement in Statements)
            {
                if (statement.Name == name)
                    return statement;
            }

            return null;
        }

        /// <summary>All statements of that name in the order written.</summary>
        public IEnumerable<Statement> FindAll(string name) => Statements.Where(s => s.Name == name);
    }
}
