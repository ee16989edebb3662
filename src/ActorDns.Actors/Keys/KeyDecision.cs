using System.Collections.Immutable;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>What becomes of an operator's request.</summary>
/// <param name="Answer">The answer, if the write succeeds.</param>
/// <param name="Writes">What is to be written; empty for nothing.</param>
internal sealed record KeyDecision(KeyAnswer Answer, ImmutableArray<RegisteredKey> Writes)
{
    public static KeyDecision Refuse(string why) => new(KeyAnswer.Refused(why), []);

    public static implicit operator KeyDecision(KeyAnswer answer) => new(answer, []);
}
