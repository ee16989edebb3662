namespace ActorDns.Zones.Lookup;

/// <summary>Section of a reply; the numbers are those of the counts in the header, question being 0 (RFC 1035 §4.1).</summary>
public enum AnswerSection
{
    /// <summary>What answers the question.</summary>
    Answer = 1,

    /// <summary>Who is responsible, or the proof that there is nothing.</summary>
    Authority = 2,

    /// <summary>What the client will want next.</summary>
    Additional = 3,
}
