using System.Collections.Immutable;
using ActorDns.Configuration.Model;

namespace ActorDns.Configuration;

/// <summary>What <c>rndc.conf</c> says about where commands go and who signs them.</summary>
public sealed record RndcConfiguration
{
    /// <summary>The port of control channels unless something else is written.</summary>
    public const int DefaultPort = 953;

    /// <summary>The keys.</summary>
    public required ImmutableArray<KeyDefinition> Keys { get; init; }

    /// <summary>Name of the key for servers without one of their own; null when none is written.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>The server that is meant when none is named; null when none is written.</summary>
    public string? DefaultServer { get; init; }

    /// <summary>The port of servers without one of their own.</summary>
    public int? Port { get; init; }

    /// <summary>The servers that have a block.</summary>
    public ImmutableArray<RndcServer> Servers { get; init; } = [];

    /// <summary>Finds a server's block without regard to case; null when it has none.</summary>
    public RndcServer? FindServer(string name) =>
        Servers.FirstOrDefault(server => server.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
