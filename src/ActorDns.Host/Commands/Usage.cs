using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ActorDns.Host.Commands;

/// <summary>How all commands answer a command line that makes no sense.</summary>
internal static class Usage
{
    /// <summary>
    /// Makes every command refuse an argument that looks like an option: one that is misspelt must not be taken for a file or a name. Not
    /// <c>control</c>, whose arguments behind <c>--</c> are the server's business.
    /// </summary>
    public static void RefuseUnknownOptions(RootCommand root)
    {
        foreach (Argument argument in All(root)
            .Where(command => command.Name != ControlClientCommand.Name)
            .SelectMany(command => command.Arguments))
        {
            argument.Validators.Add(RefuseHyphen);
        }
    }

    /// <summary>Leaves the first line of each command's description, for the list of commands.</summary>
    public static void ShowOneLineOfEach(RootCommand root)
    {
        foreach (Command command in root.Subcommands)
        {
            command.Description = command.Description?.Split('\n')[0];
            foreach (Argument argument in command.Arguments)
                argument.Hidden = true;
        }
    }

    /// <summary>Says in a few lines what is wrong and where to read on; without any command, the whole help.</summary>
    public static int Report(ParseResult parsed, ParseErrorAction error)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.Tokens.Count == 0)
        {
            error.Invoke(parsed);
        }
        else if (command is RootCommand)
        {
            Console.Error.WriteLine(
                $"'{parsed.Tokens[0].Value}' is no command; there are {string.Join(", ", command.Subcommands.Select(one => one.Name))}");
        }
        else
        {
            foreach (string message in parsed.Errors.Select(one => one.Message).Distinct())
                Console.Error.WriteLine(message);
            Console.Error.WriteLine($"actordns {PathOf(command)} --help says what it takes");
        }

        return ExitCode.Usage;
    }

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.SelectMany(static one => All(one).Prepend(one));

    private static string PathOf(Command command) =>
        command.Parents.FirstOrDefault() is Command and not RootCommand and { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static void RefuseHyphen(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.Length > 1 && token.Value[0] == '-')
                result.AddError($"unknown option '{token.Value}' (a file of that name is ./{token.Value})");
        }
    }
}
