namespace ActorDns.Flood.Load;

/// <summary>What one flood counted.</summary>
internal sealed record FloodResult
{
    /// <summary>Length of the flood.</summary>
    public required double Seconds { get; init; }

    /// <summary>Queries sent, those that were sent again after a loss included.</summary>
    public required long Sent { get; init; }

    /// <summary>Answers to queries that were waited for.</summary>
    public required long Answers { get; init; }

    /// <summary>Queries given up after the time-out.</summary>
    public required long Lost { get; init; }

    /// <summary>Answers that came after they had been given up, or to nothing asked.</summary>
    public required long Stray { get; init; }

    /// <summary>Octets of the answers.</summary>
    public required long AnswerBytes { get; init; }

    /// <summary>Answers by the four rcode bits of the header.</summary>
    public required long[] ByRcode { get; init; }

    /// <summary>Answers with TC set.</summary>
    public required long Truncated { get; init; }

    /// <summary>Answers with a record in the additional section, as a signed one has.</summary>
    public required long WithAdditional { get; init; }

    /// <summary>Answers per second.</summary>
    public double Rate => Answers / Seconds;

    /// <summary>Mean length of an answer.</summary>
    public double MeanBytes => Answers == 0 ? 0 : (double)AnswerBytes / Answers;
}
