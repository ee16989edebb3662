using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Checks;

/// <summary>The names and numbers in <c>disable-algorithms</c> and <c>disable-ds-digests</c>.</summary>
internal static class DisabledAlgorithmChecks
{
    private static readonly string[] Algorithms =
    [
        "RSAMD5", "DH", "DSA", "RSASHA1", "NSEC3DSA", "NSEC3RSASHA1", "RSASHA256", "RSASHA512", "ECCGOST", "ECDSAP256SHA256", "ECDSA256",
        "ECDSAP384SHA384", "ECDSA384", "ED25519", "ED448", "INDIRECT", "PRIVATEDNS", "PRIVATEOID",
    ];

    private static readonly string[] Digests = ["SHA-1", "SHA1", "SHA-256", "SHA256", "GOST", "SHA-384", "SHA384"];

    public static void Run(CheckContext context, SyntaxValue.Block block)
    {
        Check(context, block.FindAll("disable-algorithms"), Algorithms, "algorithm");
        Check(context, block.FindAll("disable-ds-digests"), Digests, "digest type");
    }

    private static void Check(CheckContext context, IEnumerable<Statement> statements, string[] known, string kind)
    {
        foreach (Statement statement in statements)
        {
            if (!DomainName.TryParse(statement.Text, DomainName.Root, out _))
                context.Error(statement.Position, $"bad domain name '{statement.Text}'");
            foreach (SyntaxValue item in statement.List?.Items ?? [])
            {
                string word = item.AsText() ?? "";
                if (!byte.TryParse(word, out _) && !known.Contains(word, StringComparer.OrdinalIgnoreCase))
                    context.Error(item.Position, $"invalid {kind} '{word}'");
            }
        }
    }
}
