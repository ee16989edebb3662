namespace ActorDns.Storage.Contracts;

/// <summary>What a node says of itself.</summary>
/// <param name="Node">Its name, which journal entries and leases carry.</param>
/// <param name="Incarnation">Random, new with each start of the process.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Addresses">Where it serves DNS, as <c>address#port</c>.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="SchemaVersion">Newest schema that the program knows; a migration that it could not read waits until it has left.</param>
/// <param name="Zones">Zones that it serves.</param>
/// <param name="Updates">Updates that it has applied since its start.</param>
/// <param name="IsLagging">True when another node has stopped waiting for it, or it has for itself noticed that it is behind.</param>
public sealed record MemberReport(
    string Node,
    Guid Incarnation,
    MemberState State,
    IReadOnlyList<string> Addresses,
    string Version,
    int SchemaVersion,
    int Zones,
    long Updates,
    bool IsLagging);
