namespace ActorDns.Storage.Contracts;

/// <summary>A zone that <c>rndc addzone</c> made.</summary>
/// <param name="Key">Name, class and view.</param>
/// <param name="Statement">Text of its zone statement as named.conf would hold it.</param>
/// <param name="Time">When it was added or modified.</param>
public sealed record AddedZone(ZoneKey Key, string Statement, DateTimeOffset Time);
