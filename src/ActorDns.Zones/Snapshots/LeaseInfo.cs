using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Snapshots;

/// <summary>One lease, as listed to an operator.</summary>
/// <param name="Origin">The zone.</param>
/// <param name="Serial">The serial of the version held.</param>
/// <param name="Holder">Who holds it, in words.</param>
/// <param name="Age">For how long.</param>
public readonly record struct LeaseInfo(DomainName Origin, Serial Serial, string Holder, TimeSpan Age);
