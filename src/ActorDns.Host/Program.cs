using ActorDns.Host.Wiring;
using Microsoft.Extensions.Logging;

int at = Array.IndexOf(args, "-c");
if (at < 0 || at + 1 >= args.Length)
{
    Console.Error.WriteLine("usage: actordns serve -c named.conf");
    return 2;
}

using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddSimpleConsole(options => options.SingleLine = true));
await using ServerNode node = new(new ServerNodeOptions { ConfigurationFile = args[at + 1] }, loggers, TimeProvider.System);
if (!await node.StartAsync())
    return 1;
await Task.Delay(Timeout.Infinite);
return 0;
