using ActorDns.Configuration.Model;

namespace ActorDns.Host.Wiring;

/// <summary>What a configuration that differs in one zone means for the node.</summary>
/// <param name="View">The zone's view.</param>
/// <param name="Zone">The zone; null when it is in the view no more.</param>
/// <param name="Runtime">Where it lives; null when it is not served.</param>
/// <param name="Before">Where it lived before; null when it did not.</param>
/// <param name="IsToBeLoaded">True when its content has to be loaded.</param>
internal sealed record ZoneStep(
    ViewConfiguration View, ZoneConfiguration? Zone, ZoneRuntime? Runtime, ZoneRuntime? Before, bool IsToBeLoaded);
