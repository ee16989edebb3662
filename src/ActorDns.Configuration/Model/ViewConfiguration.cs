using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Model;

/// <summary>A view with its zones. Without view statements there is one, named <see cref="DefaultName"/>, with all zones.</summary>
public sealed record ViewConfiguration(
    string Name, RecordClass Class, ViewSettings Settings, ImmutableArray<ZoneConfiguration> Zones, SourcePosition Position)
{
    /// <summary>The name of the view when none is written.</summary>
    public const string DefaultName = "_default";

    /// <summary>Keys defined within the view; those of the top level count in every view besides.</summary>
    public ImmutableArray<KeyDefinition> Keys { get; init; } = [];

    /// <summary>Server blocks within the view; when there are any, those of the top level do not count.</summary>
    public ImmutableArray<ServerPeer> Servers { get; init; } = [];
}
