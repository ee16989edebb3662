namespace ActorDns.Configuration.Syntax;

/// <summary>The types of a zone statement, as a set so that a statement can say where it may stand.</summary>
[Flags]
public enum ZoneKind
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary><c>primary</c>, formerly <c>master</c>.</summary>
    Primary = 1,

    /// <summary><c>secondary</c>, formerly <c>slave</c>.</summary>
    Secondary = 2,

    /// <summary><c>mirror</c>.</summary>
    Mirror = 4,

    /// <summary><c>stub</c>.</summary>
    Stub = 8,

    /// <summary><c>static-stub</c>.</summary>
    StaticStub = 16,

    /// <summary><c>forward</c>.</summary>
    Forward = 32,

    /// <summary><c>hint</c>.</summary>
    Hint = 64,

    /// <summary><c>redirect</c>.</summary>
    Redirect = 128,

    /// <summary>No type of its own: the zone of another view.</summary>
    InView = 256,

    /// <summary><c>delegation-only</c>.</summary>
    DelegationOnly = 512,
}
