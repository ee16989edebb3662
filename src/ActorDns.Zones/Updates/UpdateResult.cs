using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;

namespace ActorDns.Zones.Updates;

/// <summary>What became of one update.</summary>
/// <param name="Failure">Why it was turned down; null when it was not.</param>
/// <param name="Change">What it changed; null when nothing, so that there is nothing to journal and no new serial.</param>
/// <param name="Notes">Records that were ignored or altered, in the order of the message.</param>
public sealed record UpdateResult(UpdateFailure? Failure, ZoneChange? Change, IReadOnlyList<UpdateNote> Notes)
{
    /// <summary>What the client is told.</summary>
    public Rcode Rcode => Failure?.Rcode ?? Rcode.NoError;
}
