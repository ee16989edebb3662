using System.CommandLine;
using ActorDns.Host.Audit;

namespace ActorDns.Host.Commands;

/// <summary>The key registry of a running server: makes, replaces and ends TSIG keys.</summary>
internal static class KeyCommand
{
    private const int TimeoutSeconds = 60;

    public static Command Create()
    {
        Command command = new("key", """
            Makes, replaces and ends TSIG keys at a running server, or at all nodes of a cluster.

            A key is pending until every node knows it, then active: it signs. Its successor makes it retiring: it is still accepted,
            and ends when nobody has used it for its overlap. Lists and policies that name a key mean its successors too.

              actordns key generate certbot                          a new key, accepted and signing within seconds
              actordns key export certbot --out certbot.key          what the client needs, for its owner only
              actordns key rotate certbot                            makes certbot-g2; certbot stays valid until nobody uses it
              actordns key list                                      who uses which, from where, and what comes next
              actordns key retire certbot --gen 1                    refuses while somebody uses it, and says who

            Like rndc it needs the key of the server's control channel (-k). Secrets are never on the command line, and cross the
            channel sealed.
            """);
        Command[] all =
        [
            Generate(), Import(), List(), Rotate(), Activate(), Retire(), Revoke(), KeyExportCommand.Create(), Reseal(),
        ];
        foreach (Command one in all)
            command.Subcommands.Add(one);
        return command;
    }

    private static Command Generate()
    {
        KeyOptionSet set = new();
        Command command = new("generate", """
            Makes a key with a random secret. It is accepted at once and signs as soon as every node has confirmed it.

              actordns key generate certbot --every 365d             and a new one each year
              actordns key generate xfr-ns2 -a hmac-sha512 --hold    signs only when it is activated
            """)
        { set.Name, set.Algorithm, set.Every, set.Overlap, set.Hold };
        return set.Finish(command, parsed => set.Line("generate", parsed));
    }

    private static Command Rotate()
    {
        KeyOptionSet set = new();
        Command command = new("rotate", """
            Makes the successor of a key, be it of the registry or of named.conf. Both are accepted until nobody uses the old one.

              actordns key rotate certbot                            the new one is certbot-g2: BIND, Knot and NSD hold one secret a name
              actordns key rotate certbot --same-name                two secrets under one name; peers change theirs in their own time
              actordns key rotate xfr --hold                         first give it to the peers, then: actordns key activate xfr
              actordns key rotate xfr --every 90d --overlap 14d      and so on by itself
            """)
        { set.Name, set.Algorithm, set.SameName, set.Every, set.Overlap, set.Hold };
        return set.Finish(command, parsed => set.Line("rotate", parsed));
    }

    private static Command Activate()
    {
        KeyOptionSet set = new();
        Command command = new("activate", """
            Signs with a pending key from now on. Refuses while a node does not know it.

              actordns key activate xfr
            """)
        { set.Name, set.Generation, set.Force };
        return set.Finish(command, parsed => set.Line("activate", parsed));
    }

    private static Command Retire()
    {
        KeyOptionSet set = new();
        Command command = new("retire", """
            Ends a key and forgets its secret: the retiring generation, or the active one when there is no other. Refuses while it is
            in use, and names who uses it for what, when last and at which node.

              actordns key retire certbot
              actordns key retire certbot --gen 1 --force            whoever uses it is refused from then on
            """)
        { set.Name, set.Generation, set.Force };
        return set.Finish(command, parsed => set.Line("retire", parsed));
    }

    private static Command Revoke()
    {
        KeyOptionSet set = new();
        Command command = new("revoke", """
            Ends a key at once, whoever uses it: for a secret that others may know.

              actordns key revoke certbot --gen 1
            """)
        { set.Name, set.Generation };
        return set.Finish(command, parsed => set.Line("revoke", parsed));
    }

    private static Command List()
    {
        KeyOptionSet set = new();
        Command command = new("list", """
            Shows all keys: generations and their states, who used them last and for what, what comes next. Never shows secrets.

              actordns key list
              actordns key list --json                               the same for programs, with every use
            """)
        { set.Json };
        return set.Finish(command, parsed => parsed.GetValue(set.Json) ? "key list --json" : "key list");
    }

    private static Command Reseal()
    {
        KeyOptionSet set = new();
        Command command = new("reseal", """
            Seals all stored secrets with the first secret of the cluster's secret file. To change the cluster secret: put the new one
            in a line before the old one at every node, 'rndc reconfig' everywhere, then reseal, then take the old line out.

              actordns key reseal
            """);
        return set.Finish(command, _ => "key reseal");
    }

    private static Command Import()
    {
        KeyOptionSet set = new();
        Argument<string> file = new("file")
        {
            Description = "tsig-keygen's output, key statements, K*.key or K*.private; - is standard input",
        };
        Option<string?> replaces = new("--replaces") { HelpName = "name", Description = "The key in the registry that it succeeds" };
        Command command = new("import", """
            Takes keys that were made elsewhere into the registry.

              tsig-keygen ns1-ns2 | actordns key import -
              actordns key import /etc/bind/ns1-ns2.key --every 365d
              actordns key import Kns1-ns2.+163+12345.private
              actordns key import new.key --replaces ns1-ns2         the successor that a partner has chosen
            """)
        { file, replaces, set.Every, set.Overlap, set.Hold };
        set.Asked.AddTo(command);
        command.SetAction((parsed, ct) => KeyImport.RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(replaces), set.Options(parsed), set.Asked.Of(parsed), TimeoutSeconds, ct));
        return command;
    }

    /// <summary>Sends a line and prints what comes back.</summary>
    internal static async Task<int> SendAsync(AskedServer asked, ParseResult parsed, string line, CancellationToken ct)
    {
        try
        {
            return await asked.AskAsync(parsed, line, TimeoutSeconds, json: null, ct);
        }
        catch (AuditException failure)
        {
            return Fail(failure.Message);
        }
    }

    internal static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return ExitCode.Failure;
    }
}
