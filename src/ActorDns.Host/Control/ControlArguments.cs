namespace ActorDns.Host.Control;

/// <summary>A command line, split at blanks and tabs.</summary>
/// <param name="line">The line as it was sent.</param>
internal sealed class ControlArguments(string line)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The words behind the command.</summary>
    public IReadOnlyList<string> Words { get; } = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [_, .. var rest] ? rest : [];

    /// <summary>Who sent it; null when it did not come by a channel.</summary>
    public ControlCaller? Caller { get; init; }

    /// <summary>The command in lower case; empty for an empty line.</summary>
    public string Command { get; } =
        line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.ToLowerInvariant() : "";

    /// <summary>Everything behind the command, as it was sent.</summary>
    public string Rest
    {
        get
        {
            string trimmed = line.Trim(Blanks);
            int end = trimmed.IndexOfAny(Blanks);
            return end < 0 ? "" : trimmed[(end + 1)..].Trim(Blanks);
        }
    }

    /// <summary>The words that are no options, which begin with a hyphen.</summary>
    public IReadOnlyList<string> Plain => [.. Words.SkipWhile(word => word.StartsWith('-'))];

    /// <summary>True when an option stands before the first plain word.</summary>
    public bool HasOption(string option) => Words.TakeWhile(word => word.StartsWith('-')).Contains(option);
}
