using System.CommandLine;
using ActorDns.Host.Commands;

RootCommand root = new("""
    An authoritative DNS server that reads BIND's named.conf.

      actordns serve                               the lab of cluster-config/single, port 5300
      actordns serve -c /etc/bind/named.conf --port 5353
      actordns checkconf /etc/bind/named.conf
      actordns checkzone example.com db.example.com
      actordns tsig-keygen ns1-ns2.example
    """)
{
    ServeCommand.Create(),
    NamedCommand.Create(),
    CheckConfCommand.Create(),
    CheckZoneCommand.Create(),
    TsigKeygenCommand.Create(),
};
ParseResult parsed = root.Parse(args);
// Signals are the commands' own business: TERM drains.
int code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
