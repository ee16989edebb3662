using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A statement and the block that it stands in, named as its statement is; empty for the top level.</summary>
public sealed record WrittenStatement(string Block, Statement Statement)
{
    /// <summary>All statements under a block in the order written, those of inner blocks behind their own.</summary>
    internal static ImmutableArray<WrittenStatement> All(SyntaxValue.Block root)
    {
        var found = ImmutableArray.CreateBuilder<WrittenStatement>();
        Add(root, found);
        return found.ToImmutable();
    }

    private static void Add(SyntaxValue.Block block, ImmutableArray<WrittenStatement>.Builder found)
    {
        foreach (Statement statement in block.Statements)
        {
            found.Add(new WrittenStatement(block.Rule.Name, statement));
            if (statement.Block is { } inner)
                Add(inner, found);
        }
    }
}
