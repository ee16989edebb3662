using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>Reads a file of zone statements by themselves.</summary>
public static class ZoneStatements
{
    /// <summary>The zone statements of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not understood; the message says where.</exception>
    public static IReadOnlyList<Statement> Read(string path, IConfigSource source)
    {
        var diagnostics = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        ConfigTree? tree = ConfigParser.Parse(path, source, diagnostics, out _);
        return diagnostics.FirstOrDefault(found => found.FailsLoad) is { } error ? throw new InvalidDataException(error.ToString())
            : tree is null ? []
            : [.. tree.Root.FindAll("zone")];
    }
}
