using ActorDns.Zones.Access;

namespace ActorDns.Host.Control;

/// <summary>A request that the control channel did not obey, for <c>actordns denied</c>.</summary>
/// <param name="Peer">Who sent it.</param>
/// <param name="KeyName">Key that signed it; null when none of the channel's did.</param>
/// <param name="Answer">What it got, as a word.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Line">The command, when it was looked at.</param>
internal sealed record ControlRefusal(NetEndpoint Peer, string? KeyName, string Answer, string Rule, string Line = "");
