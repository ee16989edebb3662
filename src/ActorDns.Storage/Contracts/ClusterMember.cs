namespace ActorDns.Storage.Contracts;

/// <summary>A node as the store knows it.</summary>
/// <param name="Report">What it said last.</param>
/// <param name="StartedAt">When this process was first seen, by the database's clock.</param>
/// <param name="SeenAt">When it was last seen, by the database's clock.</param>
public sealed record ClusterMember(MemberReport Report, DateTimeOffset StartedAt, DateTimeOffset SeenAt);
