using System.Numerics;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Statements about dnstap, which this server does not write; a fault fails the check but not the load.</summary>
internal static class DnstapChecks
{
    private static readonly (string Name, long Least, long Most)[] Bounds =
    [
        ("fstrm-set-buffer-hint", 1024, 65_536), ("fstrm-set-flush-timeout", 1, 600), ("fstrm-set-input-queue-size", 2, 16_384),
        ("fstrm-set-output-notify-threshold", 1, uint.MaxValue), ("fstrm-set-output-queue-size", 2, 65_536),
        ("fstrm-set-reopen-interval", 1, 600),
    ];

    public static void Run(CheckContext context)
    {
        bool hasOutput = context.Options?.Find("dnstap-output") is not null;
        SyntaxValue.Block?[] scopes = [context.Options, .. context.Root.FindAll("view").Select(v => v.Block)];
        foreach (Statement dnstap in scopes.Select(s => s?.Find("dnstap")).OfType<Statement>())
        {
            if (!hasOutput)
                Report(context, dnstap, "'dnstap-output' must be set if 'dnstap' is set");
        }

        foreach ((string name, long least, long most) in Bounds)
        {
            if (context.Options?.Find(name) is not { } found || found.Scalar.AsNumber() is not { } number)
                continue;
            if (number < least || number > most)
                Report(context, found, $"{name} '{number}' out of range ({least}..{most})");
            else if (name == "fstrm-set-input-queue-size" && !BitOperations.IsPow2(number))
                Report(context, found, $"{name} '{number}' not a power-of-2");
        }

        if (context.Options?.Find("dnstap-output") is not { } output || output.Text != "unix")
            return;
        foreach (string part in new[] { "size", "versions", "suffix" })
        {
            if (output.Option(part) is not null)
                Report(context, output, $"dnstap-output {part} cannot be set with mode unix");
        }
    }

    private static void Report(CheckContext context, Statement at, string message) =>
        context.Report(DiagnosticSeverity.CheckError, at.Position, message);
}
