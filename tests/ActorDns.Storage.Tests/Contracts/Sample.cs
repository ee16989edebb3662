using System.Globalization;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Tests.Contracts;

/// <summary>Entries that look like those of a server.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Time = new(2026, 11, 20, 9, 14, 3, TimeSpan.Zero);

    /// <summary>The change from a serial to the next.</summary>
    public static JournalEntry Entry(uint serialFrom, RequestFingerprint? request = null, int wireBytes = 40) => new()
    {
        SerialFrom = new Serial(serialFrom),
        SerialTo = new Serial(serialFrom).Next(),
        Origin = ChangeOrigin.Update,
        Time = Time.AddSeconds(serialFrom),
        Node = "node-a",
        KeyName = "terraform.",
        Peer = "192.0.2.7#51514",
        MessageId = 4711,
        MacDigest = new byte[] { 0xab, 0xcd },
        Wire = Wire(serialFrom, wireBytes),
        Text = string.Create(CultureInfo.InvariantCulture, $"+host{serialFrom}.example. 300 IN A 192.0.2.1\n"),
        Request = request,
    };

    public static JournalEntry Baseline(uint serialTo) => Entry(serialTo) with
    {
        SerialFrom = null,
        SerialTo = new Serial(serialTo),
        Origin = ChangeOrigin.Transfer,
        Wire = default,
        Text = "",
    };

    public static RequestFingerprint Request(byte number, ushort rcode = 0) =>
        new("terraform.", new byte[] { number, 2, 3, 4 }, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), rcode);

    /// <summary>What two outcomes must have in common; records compare lists by reference.</summary>
    public static (long, ZoneOutcomeStatus, ZoneHead) Essence(ZoneOutcome outcome) => (outcome.ZoneId, outcome.Status, outcome.Head);

    private static byte[] Wire(uint seed, int length)
    {
        byte[] wire = new byte[length];
        new Random((int)seed).NextBytes(wire);
        return wire;
    }
}
