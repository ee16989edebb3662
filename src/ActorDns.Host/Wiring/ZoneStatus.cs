namespace ActorDns.Host.Wiring;

/// <summary>One configured zone as status displays show it.</summary>
/// <param name="Name">Name of the zone without final dot.</param>
/// <param name="View">Name of the view.</param>
/// <param name="Type">Type in today's words: primary, secondary, …</param>
/// <param name="File">The file; null for none.</param>
/// <param name="Serial">Serial that is served; null when the zone is not loaded.</param>
/// <param name="Records">Number of records.</param>
/// <param name="Error">Why it is not loaded; null when it is.</param>
public sealed record ZoneStatus(
    string Name, string View, string Type, string? File, uint? Serial, long Records, string? Error)
{
    /// <summary>True when queries are answered from it.</summary>
    public bool IsLoaded => Serial is not null;
}
