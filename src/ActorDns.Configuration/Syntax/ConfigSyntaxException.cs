namespace ActorDns.Configuration.Syntax;

/// <summary>Leaves the parser at the first error it cannot go on from; never leaves <see cref="ConfigParser"/>.</summary>
internal sealed class ConfigSyntaxException(SourcePosition position, string message) : Exception(message)
{
    public SourcePosition Position { get; } = position;
}
