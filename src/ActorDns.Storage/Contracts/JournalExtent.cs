using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>What is kept of a zone's history.</summary>
/// <param name="Entries">Entries in the journal.</param>
/// <param name="Bytes">Size of their differences, wire and text, as <see cref="RetentionPolicy.MaxBytes"/> counts it.</param>
/// <param name="Oldest">Time of the oldest entry.</param>
/// <param name="Newest">Time of the newest entry.</param>
/// <param name="OldestSerial">The first serial from which differences lead to the newest without a gap or a baseline.</param>
/// <param name="NewestSerial">Serial after the newest entry.</param>
public sealed record JournalExtent(
    long Entries, long Bytes, DateTimeOffset Oldest, DateTimeOffset Newest, Serial OldestSerial, Serial NewestSerial);
