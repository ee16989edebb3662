namespace ActorDns.Host.Control;

/// <summary>One command: a row of the table in <see cref="ControlCommands"/>.</summary>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Usage">Its arguments and what it does, for people.</param>
/// <param name="RunAsync">Runs it.</param>
internal sealed record ControlCommand(string Name, string Usage, Func<ControlArguments, Task<ControlReply>> RunAsync)
{
    /// <summary>True when it changes nothing and may come by a read-only channel with these arguments.</summary>
    public Func<ControlArguments, bool> IsHarmless { get; init; } = _ => false;

    /// <summary>How it is logged; null as it was sent.</summary>
    public Func<ControlArguments, string>? Shown { get; init; }

    /// <summary>True when it is logged as debugging only.</summary>
    public bool IsQuiet { get; init; }
}
