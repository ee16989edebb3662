using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Storage.Contracts;

/// <summary>What a zone is known by: name and class in a view.</summary>
/// <param name="Name">Apex of the zone; compared and stored without regard to case.</param>
/// <param name="Class">Class of the zone.</param>
/// <param name="View">View that holds it; <c>_default</c> when no view is configured.</param>
public readonly record struct ZoneKey(DomainName Name, RecordClass Class, string View);
