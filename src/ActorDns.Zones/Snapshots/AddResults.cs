namespace ActorDns.Zones.Snapshots;

/// <summary>Questions to ask of an <see cref="AddResult"/>.</summary>
public static class AddResults
{
    /// <summary>True when the zone now holds the record's owner, type and rdata, whether it did before or not.</summary>
    public static bool IsAccepted(this AddResult result) => result <= AddResult.TtlAdjusted;
}
