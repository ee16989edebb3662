using ActorDns.Storage.Tests.Crashes;

// The crash tests start this program again as the process that they kill.
return args is [Appender.Verb, .. string[] rest]
    ? await Appender.RunAsync(rest)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
