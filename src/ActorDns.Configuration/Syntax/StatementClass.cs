namespace ActorDns.Configuration.Syntax;

internal enum StatementClass
{
    Current,
    Deprecated,
    Obsolete,
    Ancient,
    NotConfigured,
    Newer,
}
