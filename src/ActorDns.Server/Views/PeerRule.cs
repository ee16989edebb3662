using ActorDns.Zones.Access;

namespace ActorDns.Server.Views;

/// <summary>How zones are given to the servers of a network (<c>server</c>); null leaves it to the view.</summary>
/// <param name="Prefix">The network.</param>
/// <param name="ProvidesIxfr">False answers every IXFR with the whole zone (<c>provide-ixfr</c>).</param>
/// <param name="IsOneAnswer">True sends one record in a message (<c>transfer-format one-answer</c>).</param>
public sealed record PeerRule(NetPrefix Prefix, bool? ProvidesIxfr, bool? IsOneAnswer);
