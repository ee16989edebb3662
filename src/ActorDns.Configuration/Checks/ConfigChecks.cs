using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Runs all checks over a tree that could be read to its end.</summary>
internal static class ConfigChecks
{
    public static void Run(SyntaxValue.Block root, ImmutableArray<ConfigDiagnostic>.Builder diagnostics)
    {
        CheckContext context = new(root, diagnostics);
        AclChecks acls = new(context);
        if (context.Options is { } options)
            OptionsChecks.Run(context, options, isGlobal: true);
        ListenChecks.Run(context, acls);
        LoggingChecks.Run(context);
        ControlChecks.Run(context, acls);
        SigningChecks.RunPolicies(context);
        DnstapChecks.Run(context);
        ServerListChecks.RunTop(context);
        TlsChecks.Run(context);
        ViewChecks.Run(context, acls);
        acls.Run();
    }

    /// <summary>The checks of a file that holds keys and nothing that refers to zones.</summary>
    public static void RunKeys(SyntaxValue.Block root, ImmutableArray<ConfigDiagnostic>.Builder diagnostics) =>
        KeyChecks.Run(new CheckContext(root, diagnostics), null);
}
