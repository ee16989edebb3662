using System.CommandLine;

namespace ActorDns.Host.Commands;

/// <summary>The options of the commands about keys; each command gets a set of its own and shows those it adds.</summary>
internal sealed class KeyOptionSet
{
    public Argument<string> Name { get; } = new("name") { Description = "Name of the key, or of one generation of it" };

    public Option<string?> Algorithm { get; } = new("-a", "--algorithm")
    {
        HelpName = "algorithm",
        Description = "hmac-sha256, hmac-sha512, …; that of the predecessor or hmac-sha256 unless given",
    };

    public Option<string?> Every { get; } = new("--every")
    {
        HelpName = "time",
        Description = "Replace it by itself at this age, such as 365d; 'never' ends that",
    };

    public Option<string?> Overlap { get; } = new("--overlap")
    {
        HelpName = "time",
        Description = "An old key ends when it has been unused for so long; 7d unless given",
    };

    public Option<bool> Hold { get; } = new("--hold") { Description = "Signs only after 'key activate'" };

    public Option<bool> SameName { get; } = new("--same-name") { Description = "Keep the name; the new key gets one of its own otherwise" };

    public Option<bool> Force { get; } = new("--force") { Description = "Do it although somebody would be refused" };

    public Option<int?> Generation { get; } = new("--gen")
    {
        HelpName = "number",
        Description = "Which generation, as 'key list' shows it",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON" };

    /// <summary>Which server is asked.</summary>
    public AskedServer Asked { get; } = new();

    /// <summary>Makes a command that sends one line.</summary>
    public Command Finish(Command command, Func<ParseResult, string> line)
    {
        Asked.AddTo(command);
        command.SetAction((parsed, ct) => KeyCommand.SendAsync(Asked, parsed, line(parsed), ct));
        return command;
    }


    /// <summary>The line that asks the server for what was given.</summary>
    public string Line(string verb, ParseResult parsed) => string.Join(' ', ["key", verb, parsed.GetValue(Name)!, .. Options(parsed)]);

    /// <summary>The options that were given, as words of the line.</summary>
    public IEnumerable<string> Options(ParseResult parsed)
    {
        (string, Option<string?>)[] valued = [("-a", Algorithm), ("--every", Every), ("--overlap", Overlap)];
        foreach ((string word, Option<string?> option) in valued)
        {
            if (parsed.GetResult(option) is not null && parsed.GetValue(option) is { } value)
            {
                yield return word;
                yield return value;
            }
        }

        (string, Option<bool>)[] flags = [("--hold", Hold), ("--same-name", SameName), ("--force", Force)];
        foreach ((string word, Option<bool> option) in flags)
        {
            if (parsed.GetResult(option) is not null && parsed.GetValue(option))
                yield return word;
        }

        if (parsed.GetResult(Generation) is not null && parsed.GetValue(Generation) is { } generation)
        {
            yield return "--gen";
            yield return generation.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
