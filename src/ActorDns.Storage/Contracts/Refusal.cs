namespace ActorDns.Storage.Contracts;

/// <summary>A request that was refused, for <c>actordns denied</c>.</summary>
public sealed record Refusal
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Node that refused.</summary>
    public required string Node { get; init; }

    /// <summary>What was asked: <c>update</c>, <c>transfer</c>, <c>notify</c>, and so on.</summary>
    public required string Operation { get; init; }

    /// <summary>Zone asked for, canonical lower case with the final dot; empty when none was named.</summary>
    public required string Zone { get; init; }

    /// <summary>Address and port it came from.</summary>
    public required string Peer { get; init; }

    /// <summary>Key that signed it.</summary>
    public string? KeyName { get; init; }

    /// <summary>Rcode, or TSIG error, that was answered, as a word.</summary>
    public required string Answer { get; init; }

    /// <summary>The rule that decided, in words.</summary>
    public required string Rule { get; init; }

    /// <summary>What would have been changed, in the form of <see cref="JournalEntry.Text"/>; empty when unknown.</summary>
    public string Content { get; init; } = "";
}
