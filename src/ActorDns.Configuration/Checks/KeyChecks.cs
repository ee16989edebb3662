using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Checks;

/// <summary>Keys: name, algorithm, truncation, secret; and our own warnings of weak ones.</summary>
internal static class KeyChecks
{
    /// <summary>Checks the keys of the top level and of a view; gives back the names known there.</summary>
    public static HashSet<DomainName> Run(CheckContext context, SyntaxValue.Block? view)
    {
        Dictionary<DomainName, Statement> seen = [];
        foreach (Statement key in context.Root.FindAll("key").Concat(view?.FindAll("key") ?? []))
        {
            if (!DomainName.TryParse(key.Text, DomainName.Root, out DomainName name))
            {
                context.Error(key.Position, $"key '{key.Text}': bad key name");
                continue;
            }

            Check(context, key);
            if (!seen.TryAdd(name, key))
                context.Error(key.Position, $"key '{key.Text}': already exists previous definition: {seen[name].Position}");
        }

        return [.. seen.Keys];
    }

    private static void Check(CheckContext context, Statement key)
    {
        if (key.Block?.Find("secret") is not { } secret || key.Block.Find("algorithm") is not { } algorithm)
        {
            context.Error(key.Position, $"key '{key.Text}' must have both 'secret' and 'algorithm' defined");
            return;
        }

        if (!SecretText.TryDecode(secret.Text ?? "", out byte[] octets))
        {
            context.Error(secret.Position, "bad secret 'bad base64 encoding'");
            return;
        }

        if (!KeyAlgorithmText.TryParse(algorithm.Text ?? "", out TsigAlgorithm found, out int? bits))
        {
            context.Error(algorithm.Position, $"unknown algorithm '{algorithm.Text}'");
            return;
        }

        CheckBits(context, key, algorithm, found, bits);
        if (found.IsWeak)
            context.Warn(algorithm.Position, $"key '{key.Text}': {found.Name} is not recommended (RFC 8945 section 6)");
        if (octets.Length < found.DigestBytes)
        {
            context.Warn(
                secret.Position,
                $"key '{key.Text}': secret is shorter than the digest of {found.Name} ({found.DigestBytes * 8} bits)");
        }
    }

    private static void CheckBits(CheckContext context, Statement key, Statement algorithm, TsigAlgorithm found, int? bits)
    {
        if (bits is null)
            return;
        int whole = found.DigestBytes * 8;
        if (bits < 0)
            context.Error(algorithm.Position, $"key '{key.Text}': unable to parse digest-bits");
        else if (bits > whole)
            context.Error(algorithm.Position, $"key '{key.Text}' digest-bits too large [{whole / 2}..{whole}]");
        else if (bits % 8 != 0)
            context.Error(algorithm.Position, $"key '{key.Text}' digest-bits not multiple of 8");
        else if (bits < whole / 2 || bits < 80)
            context.Warn(algorithm.Position, $"key '{key.Text}' digest-bits too small [<{whole / 2}]");
    }
}
