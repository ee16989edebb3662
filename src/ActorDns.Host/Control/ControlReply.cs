namespace ActorDns.Host.Control;

/// <summary>What a command answers.</summary>
/// <param name="Result">How it went.</param>
/// <param name="Text">What rndc prints, lines without the last line's end; may be empty.</param>
internal sealed record ControlReply(ControlResult Result, string Text = "")
{
    /// <summary>Done, and nothing to say.</summary>
    public static readonly ControlReply Done = new(ControlResult.Success);

    /// <summary>True when it went well.</summary>
    public bool IsGood => Result == ControlResult.Success;

    /// <summary>What to tell a person: the text, or the outcome in a word where there is none.</summary>
    public string Words => Text.Length > 0 ? Text : Result.Text;

    /// <summary>Called when the reply has left: the place to end the process from.</summary>
    public Action? Afterwards { get; init; }

    /// <summary>Done, with these words.</summary>
    public static ControlReply Say(string text) => new(ControlResult.Success, text);
}
