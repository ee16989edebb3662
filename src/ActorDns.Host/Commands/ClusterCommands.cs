using System.CommandLine;
using System.Runtime.InteropServices;
using ActorDns.Host.Audit;
using ActorDns.Host.Cluster;
using Spectre.Console;

namespace ActorDns.Host.Commands;

/// <summary><c>actordns cluster …</c>: a cluster on this machine, and how a cluster is.</summary>
internal static class ClusterCommands
{
    private const string DefaultFolder = "cluster-config/three-node";

    /// <summary>The database's user passes through; nobody else reads the nodes' files.</summary>
    private const UnixFileMode OwnerAndPassage =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    public static Command Create() => new("cluster", """
        Nodes that share a PostgreSQL and are one nameserver: any of them takes any update, and all answer alike.

          actordns cluster up                                   three nodes on this machine, with a database of their own
          actordns cluster status -c /etc/bind/named.conf       how the nodes are, from any of them
          actordns cluster recover example.com                  after the database has lost changes
        """)
    {
        CreateUp(),
        CreateStatus(),
        RecoverCommand.Create(),
    };

    private static Command CreateUp()
    {
        Option<int> nodes = new("--nodes") { HelpName = "count", Description = "How many nodes", DefaultValueFactory = _ => 3 };
        nodes.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 1 or > 100))
                result.AddError($"--nodes {result.Tokens[0].Value}: not a number from 1 to 100");
        });
        Option<string?> folder = new("-c", "--config")
        {
            HelpName = "folder",
            Description = $"Folder with named.conf and a NODE.json for each node; {DefaultFolder} unless given",
        };
        Option<string?> data = new("--data")
        {
            HelpName = "folder",
            Description = "Keep database and node files here, and go on from what is there; without it, they are gone at the end",
        };
        Command command = new("up", """
            Starts a cluster on this machine, each node on a loopback address of its own, shows it, and stops it all on Ctrl-C.
            Without a database in the nodes' JSON files it starts a PostgreSQL of its own (Debian's package postgresql).

              actordns cluster up
              actordns cluster up --nodes 5 --data /var/tmp/lab
            """)
        { nodes, folder, data };
        command.SetAction(async (parsed, _) =>
        {
            using CancellationTokenSource stop = new();
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
            string? kept = parsed.GetValue(data) is { } given ? Path.GetFullPath(given) : null;
            string root = kept ?? Directory.CreateTempSubdirectory("actordns-cluster-").FullName;
            try
            {
                string source = parsed.GetValue(folder) ?? Ancestry.Find(DefaultFolder)
                    ?? throw new ClusterException($"no {DefaultFolder} in this directory or above it; give a folder with -c");
                ClusterFolder plan = ClusterFolder.Read(source, parsed.GetValue(nodes));
                Directory.CreateDirectory(root);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(root, OwnerAndPassage);
                await using ClusterRun run = new(plan, root, Console.Out);
                await run.StartAsync(stop.Token);
                await run.WatchAsync(!Console.IsOutputRedirected, stop.Token);
                Console.Out.WriteLine("stopping …");
                return ExitCode.Success;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Success;
            }
            catch (ClusterException failure)
            {
                Console.Error.WriteLine(failure.Message);
                return ExitCode.Failure;
            }
            finally
            {
                if (kept is null)
                    Directory.Delete(root, recursive: true);
            }

            void Stop(PosixSignalContext context)
            {
                context.Cancel = true;
                stop.Cancel();
            }
        });
        return command;
    }

    private static Command CreateStatus()
    {
        AuditOptions options = new();
        Command command = new("status", """
            Shows the nodes that share the database: where each serves, what it is doing, whether the others wait for it.

              actordns cluster status -c /etc/bind/named.conf
              actordns cluster status --json | jq 'select(.state != "serving")'
            """)
        { options.File, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            if (store.Store.Cluster is not { } cluster)
                throw new AuditException($"{store.Place} serves one node: there is no cluster");
            Show(MemberRow.Of(AuditStore.Done(await cluster.Members.ReadAsync(ct)), before: null), parsed.GetValue(options.Json));
        });
        return command;
    }

    private static void Show(IReadOnlyList<MemberRow> rows, bool isJson)
    {
        if (!isJson && !Console.IsOutputRedirected)
        {
            AnsiConsole.Write(MemberTable.Of(rows));
            return;
        }

        foreach (MemberRow row in rows)
        {
            if (isJson)
                AuditOutput.Json(row);
            else
                Console.Out.WriteLine(MemberTable.Line(row));
        }
    }
}
