using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>
/// How much of a zone's journal is kept; an entry goes when any bound says so and no promise needs it. Needed are the last entry,
/// every entry after the newest checkpoint, and every entry from <see cref="KeepFromSerial"/> on.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>Entries older than this may go.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Entries beyond so many may go, oldest first.</summary>
    public long? MaxEntries { get; init; }

    /// <summary>Entries beyond so many bytes of difference (wire and text) may go, oldest first.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>IXFR from this serial stays possible if it is now.</summary>
    public Serial? KeepFromSerial { get; init; }
}
