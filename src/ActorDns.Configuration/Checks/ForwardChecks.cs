using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Forwarding: a mode without forwarders is a mistake.</summary>
internal static class ForwardChecks
{
    public static void Run(CheckContext context, SyntaxValue.Block block, Statement? outerForwarders)
    {
        if (block.Find("forward") is { } mode && block.Find("forwarders") is null && outerForwarders is null)
            context.Error(mode.Position, "no matching 'forwarders' statement");
    }
}
