using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Wiring;

/// <summary>Finds what a configuration says that this version reads but does not act on, each statement with its reason.</summary>
internal static class SettingsWithoutEffect
{
    /// <summary>The statements without effect in the order written, each with the place where it stands and the reason.</summary>
    public static IEnumerable<(string Statement, SourcePosition Position, string Reason)> In(NamedConfiguration configuration)
    {
        foreach (WrittenStatement written in configuration.Statements)
        {
            if (StatementEffects.ReasonFor(written) is { } reason)
                yield return (written.Statement.Name, written.Statement.Position, reason);
        }

        foreach (ListenOn listen in configuration.Options.ListenOn)
        {
            if (listen.Tls is not (null or "none"))
                yield return ("listen-on … tls", listen.Position, "not part of this version");
            else if (listen.Http is not null)
                yield return ("listen-on … http", listen.Position, "not part of this version");
        }
    }
}
