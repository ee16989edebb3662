using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A value in force and where it was written; the place is <see cref="SourcePosition.None"/> for a built-in default.</summary>
public readonly record struct Setting<T>(T Value, SourcePosition Origin)
{
    /// <summary>True when the value was not written anywhere.</summary>
    public bool IsDefault => Origin == SourcePosition.None;

    /// <summary>The value and its origin in words.</summary>
    public override string ToString() => $"{Value} ({Origin})";
}
