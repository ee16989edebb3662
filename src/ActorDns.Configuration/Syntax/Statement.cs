using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A statement: its name in lower case, where it stands, and its values in order.</summary>
public sealed record Statement(string Name, SourcePosition Position, ImmutableArray<SyntaxValue> Values)
{
    /// <summary>The text of the first scalar, such as the name of a zone or the one value of a simple option.</summary>
    public string? Text => Values.OfType<SyntaxValue.Scalar>().FirstOrDefault()?.Text;

    /// <summary>The block that the statement ends in, if any.</summary>
    public SyntaxValue.Block? Block => Values.OfType<SyntaxValue.Block>().FirstOrDefault();

    /// <summary>The first braced list of the statement, if any.</summary>
    public SyntaxValue.List? List => Values.OfType<SyntaxValue.List>().FirstOrDefault();

    /// <summary>The first scalar.</summary>
    public SyntaxValue.Scalar? Scalar => Values.OfType<SyntaxValue.Scalar>().FirstOrDefault();

    /// <summary>The value behind a keyword of an optional part, such as <c>port</c>; null when the part is absent.</summary>
    public SyntaxValue? Option(string keyword) => Values.Option(keyword);

    /// <summary>The statement in canonical form on one line, as <c>rndc showzone</c> prints it, secrets hidden.</summary>
    public string PrintOneLine() => CanonicalPrinter.PrintOneLine(this);
}
