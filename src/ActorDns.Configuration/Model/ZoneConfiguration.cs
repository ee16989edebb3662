using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Model;

/// <summary>A zone statement with the settings in force for it.</summary>
public sealed record ZoneConfiguration(
    DomainName Name, RecordClass Class, ZoneKind Kind, ZoneSettings Settings, SourcePosition Position)
{
    /// <summary>The type as it was written, <c>master</c> and <c>slave</c> included.</summary>
    public string TypeWord { get; init; } = "";

    /// <summary>The file as it was written; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The file as an absolute path; null for none.</summary>
    public string? FilePath { get; init; }

    /// <summary>The journal file as it was written; histories are kept elsewhere here.</summary>
    public string? Journal { get; init; }

    /// <summary>The servers a secondary, mirror, stub or redirect zone is copied from, all lists resolved.</summary>
    public ImmutableArray<RemoteServer> Primaries { get; init; } = [];

    /// <summary>The update policy; null for none.</summary>
    public UpdatePolicy? UpdatePolicy { get; init; }

    /// <summary>The view whose zone this is, with <see cref="ZoneKind.InView"/>.</summary>
    public string? InView { get; init; }

    /// <summary>The text of <c>database</c>; null for none.</summary>
    public string? Database { get; init; }

    /// <summary>The name of the <c>dlz</c> block; null for none.</summary>
    public string? Dlz { get; init; }

    /// <summary>True when zone data are signed on their way in.</summary>
    public bool InlineSigning { get; init; }

    /// <summary>The statement itself.</summary>
    public required Statement Statement { get; init; }
}
