namespace ActorDns.System.Tests.Harness;

/// <summary>Which server a test is run against.</summary>
public enum ServerKind
{
    /// <summary>The server of this repository.</summary>
    ActorDns,

    /// <summary>BIND 9, as Debian ships it.</summary>
    Bind,
}
