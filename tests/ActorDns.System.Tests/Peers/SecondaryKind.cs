namespace ActorDns.System.Tests.Peers;

/// <summary>The servers that pull zones from the one under test.</summary>
public enum SecondaryKind
{
    Bind,
    Knot,
    Nsd,
    PowerDns,
}
