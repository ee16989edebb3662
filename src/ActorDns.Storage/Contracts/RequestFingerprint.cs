namespace ActorDns.Storage.Contracts;

/// <summary>What makes a TSIG-signed UPDATE one and the same when it is sent again.</summary>
/// <param name="KeyName">Name of the key, canonical lower case.</param>
/// <param name="Mac">The whole MAC of the message.</param>
/// <param name="KeepUntil">Time from which a copy fails its time check anyway: time signed + min(fudge, 300 s).</param>
/// <param name="Rcode">Answer that its first copy got.</param>
public sealed record RequestFingerprint(string KeyName, ReadOnlyMemory<byte> Mac, DateTimeOffset KeepUntil, ushort Rcode);
