using System.Collections.Immutable;

namespace ActorDns.Configuration.Model;

/// <summary>A whole configuration, read, inherited and resolved as far as text alone can tell. Immutable.</summary>
public sealed record NamedConfiguration
{
    /// <summary>The settings of the whole server.</summary>
    public required ServerOptions Options { get; init; }

    /// <summary>The settings and zones of every view, in the order written; at least one.</summary>
    public required ImmutableArray<ViewConfiguration> Views { get; init; }

    /// <summary>True when view statements were written.</summary>
    public required bool HasExplicitViews { get; init; }

    /// <summary>Named address match lists.</summary>
    public required ImmutableArray<AclDefinition> Acls { get; init; }

    /// <summary>Keys of the top level.</summary>
    public required ImmutableArray<KeyDefinition> Keys { get; init; }

    /// <summary>Server blocks of the top level.</summary>
    public required ImmutableArray<ServerPeer> Servers { get; init; }

    /// <summary>Named server lists of all four kinds, in one name space.</summary>
    public required ImmutableArray<RemoteServerList> ServerLists { get; init; }

    /// <summary>TLS configurations.</summary>
    public required ImmutableArray<TlsDefinition> Tls { get; init; }

    /// <summary>HTTP configurations.</summary>
    public required ImmutableArray<HttpDefinition> Http { get; init; }

    /// <summary>Log channels and categories; null when no <c>logging</c> block was written.</summary>
    public required LoggingConfiguration? Logging { get; init; }

    /// <summary>Control channels; null when no <c>controls</c> block was written, empty when it says <c>controls { };</c>.</summary>
    public required ImmutableArray<ControlChannel>? Controls { get; init; }

    /// <summary>Statistics channels.</summary>
    public required ImmutableArray<StatisticsChannel> StatisticsChannels { get; init; }

    /// <summary>Every statement in the order written, for whoever wants to know what was said rather than what is in force.</summary>
    public required ImmutableArray<WrittenStatement> Statements { get; init; }

    /// <summary>All files the configuration was read from, as absolute paths where they were included.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The statement that a zone is configured by: its own, or with <c>in-view</c> the one of the other view.</summary>
    public ZoneConfiguration FindOwn(ZoneConfiguration zone) => zone.InView is null ? zone
        : Views.FirstOrDefault(view => view.Name.Equals(zone.InView, StringComparison.OrdinalIgnoreCase))
            ?.Zones.FirstOrDefault(own => own.Name == zone.Name && own.Class == zone.Class && own.InView is null) ?? zone;

    /// <summary>Finds a named address match list without regard to case; null when it is not defined.</summary>
    public AclDefinition? FindAcl(string name) =>
        Acls.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds a TLS configuration without regard to case; null when it is not defined.</summary>
    public TlsDefinition? FindTls(string name) =>
        Tls.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
