using System.CommandLine;
using System.CommandLine.Invocation;
using ActorDns.Host.Commands;

RootCommand root = new("""
    An authoritative DNS server that reads BIND's named.conf.

      actordns serve                               the lab of cluster-config/single, port 5300
      actordns serve -c /etc/bind/named.conf --port 5353
      actordns checkconf /etc/bind/named.conf
      actordns checkzone example.com db.example.com
      actordns tsig-keygen ns1-ns2.example
      actordns key rotate ns1-ns2.example
      actordns history www.example.com
      actordns control status
      actordns health
      actordns cluster up                          three nodes on this machine that are one nameserver

    Exit codes: 0 done or found good, 1 failed or found bad, 2 called in a way that makes no sense.
    """)
{
    ServeCommand.Create(),
    NamedCommand.Create(),
    CheckConfCommand.Create(),
    CheckZoneCommand.Create(),
    TsigKeygenCommand.Create(),
    KeyCommand.Create(),
    HistoryCommand.Create(),
    DiffCommand.Create(),
    JournalCommands.Create(),
    DeniedCommand.Create(),
    RollbackCommand.Create(),
    ControlClientCommand.Create(),
    HealthCommand.Create(),
    ClusterCommands.Create(),
    WaitCommand.Create(),
};
Usage.RefuseUnknownOptions(root);
if (args is [] or ["-?" or "-h" or "--help", ..])
    Usage.ShowOneLineOfEach(root);
ParseResult parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction error)
    return Usage.Report(parsed, error);

// Signals are the commands' own business: TERM drains.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
