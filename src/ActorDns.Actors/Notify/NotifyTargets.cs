namespace ActorDns.Actors.Notify;

/// <summary>Whom a zone's changes are told to.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="Unresolved">Name servers whose addresses are being looked up.</param>
public sealed record NotifyTargets(IReadOnlyList<NotifyTarget> Servers, int Unresolved);
