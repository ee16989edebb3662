using System.Collections.Immutable;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration;

/// <summary>Reads <c>rndc.conf</c>, or a key file, which is one without anything but keys.</summary>
public static class RndcConfLoader
{
    /// <summary>Reads a file; null with diagnostics when it cannot be understood.</summary>
    public static RndcConfiguration? Load(string path, IConfigSource source, out ImmutableArray<ConfigDiagnostic> diagnostics)
    {
        var found = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        ConfigTree? tree = ConfigParser.Parse(path, source, found, out _, GrammarBook.Rndc);
        if (tree is not null && !found.Any(diagnostic => diagnostic.FailsLoad))
            Checks.ConfigChecks.RunKeys(tree.Root, found);
        diagnostics = found.ToImmutable();
        if (tree is null || diagnostics.Any(diagnostic => diagnostic.FailsLoad))
            return null;
        SyntaxValue.Block root = tree.Root;
        SyntaxValue.Block? options = root.Find("options")?.Block;
        return new RndcConfiguration
        {
            Keys = BlockBuilder.ReadAll(root, "key", BlockBuilder.Key),
            DefaultKey = options?.Find("default-key")?.Text,
            DefaultServer = options?.Find("default-server")?.Text,
            Port = (int?)options?.Find("default-port")?.Scalar.AsNumber(),
            Servers = [.. root.FindAll("server").Select(Server)],
        };
    }

    private static RndcServer Server(Statement statement) => new(
        statement.Text ?? "",
        statement.Block?.Find("key")?.Text,
        (int?)statement.Block?.Find("port")?.Scalar.AsNumber(),
        [.. (statement.Block?.Find("addresses")?.List?.Items ?? []).Select(Address)]);

    private static (string Address, int? Port) Address(SyntaxValue item)
    {
        ImmutableArray<SyntaxValue> parts = item.Parts();
        return (parts[0].AsText() ?? "", ModelReader.Port(parts));
    }
}
