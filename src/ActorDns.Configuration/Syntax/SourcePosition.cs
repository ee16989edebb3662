namespace ActorDns.Configuration.Syntax;

/// <summary>A place in a configuration file: the file as it was opened and the line counted from one.</summary>
public readonly record struct SourcePosition(string File, int Line)
{
    /// <summary>The place of what was never written, such as a built-in default.</summary>
    public static SourcePosition None => new("<default>", 0);

    /// <summary><c>FILE:LINE</c> as diagnostics begin.</summary>
    public override string ToString() => $"{File}:{Line}";
}
