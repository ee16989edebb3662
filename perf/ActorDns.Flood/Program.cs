using ActorDns.Flood.Commands;

return FloodCommands.Root().Parse(args).Invoke();
