using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>The whole configuration as written, includes taken in, with the place of every statement.</summary>
public sealed record ConfigTree(SyntaxValue.Block Root, ImmutableArray<string> Files)
{
    /// <summary>Prints the tree as <c>named-checkconf -p</c> does; secrets become question marks when they are to be hidden.</summary>
    public string Print(bool hideSecrets = false) => CanonicalPrinter.Print(Root, hideSecrets);
}
