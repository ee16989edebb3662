using System.CommandLine;
using ActorDns.Flood.Clustering;
using ActorDns.Flood.Starting;

namespace ActorDns.Flood.Commands;

/// <summary>The commands of the program, as <c>perf/</c>'s scripts call it.</summary>
internal static class FloodCommands
{
    /// <summary>All of them.</summary>
    public static RootCommand Root() => new("Measures ActorDns beside the other servers. perf/README.md tells how to read what it writes.")
    {
        CompareCommand.Create(),
        Cluster(),
        Start(),
        LoadCommands.Queries(),
        LoadCommands.Updates(),
        LoadCommands.Zone(),
    };

    private static Command Cluster()
    {
        Argument<string> folder = new("folder") { Description = "Where the nodes have their files" };
        Argument<string> results = new("results") { Description = "Where the dated files go" };
        Argument<string> program = new("program") { Description = "actordns.dll" };
        Argument<string[]> options = new("rounds-and-seconds") { Description = "Rounds, and the length of each", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("cluster", "Measures three nodes that share a PostgreSQL: updates a second, and how soon the others answer with them.")
        {
            folder, results, program, options,
        };
        command.SetAction(parsed => ClusterCommand.Run(
            parsed.GetValue(folder)!, parsed.GetValue(results)!, parsed.GetValue(program)!, parsed.GetValue(options) ?? []));
        return command;
    }

    private static Command Start()
    {
        Argument<string> folder = new("folder") { Description = "Where the server has its files" };
        Argument<string> results = new("results") { Description = "Where the dated files go" };
        Argument<string> built = new("built") { Description = "actordns.dll as it is built" };
        Argument<string> published = new("published") { Description = "The program as it is published" };
        Argument<string[]> options = new("rounds") { Description = "Starts of each", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("start", "Measures how soon and how fast the server answers after its start, as built and as published.")
        {
            folder, results, built, published, options,
        };
        command.SetAction(parsed => StartCommand.Run(
            parsed.GetValue(folder)!, parsed.GetValue(results)!, parsed.GetValue(built)!, parsed.GetValue(published)!, parsed.GetValue(options) ?? []));
        return command;
    }
}
