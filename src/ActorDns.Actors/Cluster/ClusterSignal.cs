using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using ActorDns.Protocol.Records;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// What nodes tell each other, as words in one line of ASCII. Signals may get lost; a number that is missing in a sequence tells of it.
/// </summary>
internal abstract record ClusterSignal
{
    private const char GroupsWord = 'g';
    private const char AcknowledgedWord = 'p';
    private const char StewardWord = 'n';
    private const char WantedWord = 'q';
    private const char ServedWord = 'a';
    private const char LeftOut = '*';

    private ClusterSignal()
    {
    }

    /// <summary>
    /// A node has committed groups. An empty range, whose first number is one above its last, tells how far it has come.
    /// </summary>
    /// <param name="Origin">The node's incarnation.</param>
    /// <param name="First">Number of the first group.</param>
    /// <param name="Last">Number of the last one.</param>
    /// <param name="Zones">What they changed; null when there was no room for it.</param>
    internal sealed record Groups(Guid Origin, long First, long Last, IReadOnlyList<ZoneVersion>? Zones) : ClusterSignal
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            StringBuilder text = Begin(GroupsWord, Origin).Append(CultureInfo.InvariantCulture, $" {First} {Last}");
            if (Zones is null)
                return text.Append(' ').Append(LeftOut).ToString();
            foreach (ZoneVersion zone in Zones)
                text.Append(CultureInfo.InvariantCulture, $" {zone.ZoneId}:{zone.Version}");
            return text.ToString();
        }
    }

    /// <summary>A node serves everything of other nodes' groups up to these.</summary>
    /// <param name="Node">The node's incarnation.</param>
    /// <param name="UpTo">Numbers by incarnation of the nodes that committed.</param>
    internal sealed record Acknowledged(Guid Node, IReadOnlyList<KeyValuePair<Guid, long>> UpTo) : ClusterSignal
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            StringBuilder text = Begin(AcknowledgedWord, Node);
            foreach ((Guid origin, long group) in UpTo)
                text.Append(CultureInfo.InvariantCulture, $" {origin:N}:{group}");
            return text.ToString();
        }
    }

    /// <summary>A request for the steward of a zone.</summary>
    /// <param name="Node">The incarnation of the node that it came to.</param>
    /// <param name="ZoneId">The zone.</param>
    /// <param name="Request">What is asked for.</param>
    /// <param name="Sender">Who sent the NOTIFY.</param>
    /// <param name="Hint">The serial in it.</param>
    internal sealed record ForSteward(Guid Node, long ZoneId, StewardRequest Request, NetEndpoint? Sender, Serial? Hint) : ClusterSignal
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            StringBuilder text = Begin(StewardWord, Node).Append(CultureInfo.InvariantCulture, $" {ZoneId} {WordOf(Request)}");
            if (Sender is { } sender)
                text.Append(' ').Append(sender.ToString());
            if (Hint is { } hint)
                text.Append(CultureInfo.InvariantCulture, $" {hint.Value}");
            return text.ToString();
        }
    }

    /// <summary>A node asks which serial of a zone the others serve.</summary>
    internal sealed record SerialWanted(Guid Node, long ZoneId) : ClusterSignal
    {
        /// <inheritdoc/>
        public override string ToString() => Begin(WantedWord, Node).Append(CultureInfo.InvariantCulture, $" {ZoneId}").ToString();
    }

    /// <summary>A node serves a serial of a zone.</summary>
    internal sealed record SerialServed(Guid Node, long ZoneId, Serial Serial) : ClusterSignal
    {
        /// <inheritdoc/>
        public override string ToString() =>
            Begin(ServedWord, Node).Append(CultureInfo.InvariantCulture, $" {ZoneId} {Serial.Value}").ToString();
    }

    /// <summary>Reads a signal; false for anything else, perhaps of a later version of the program.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClusterSignal? signal)
    {
        signal = null;
        string[] words = text.Split(' ');
        if (words.Length < 2 || words[0].Length != 1 || !Guid.TryParseExact(words[1], "N", out Guid sender))
            return false;
        signal = words[0][0] switch
        {
            GroupsWord => ParseGroups(sender, words),
            AcknowledgedWord => ParseAcknowledged(sender, words),
            StewardWord => ParseForSteward(sender, words),
            WantedWord when words.Length == 3 && TryParse(words[2], out long zone) => new SerialWanted(sender, zone),
            ServedWord when words.Length == 4 && TryParse(words[2], out long zone) && TryParse(words[3], out long serial)
                && serial <= uint.MaxValue => new SerialServed(sender, zone, new Serial((uint)serial)),
            _ => null,
        };
        return signal is not null;
    }

    private static StringBuilder Begin(char word, Guid sender) => new StringBuilder().Append(word).Append(' ').Append(sender.ToString("N"));

    private static Groups? ParseGroups(Guid sender, string[] words)
    {
        if (words.Length < 4 || !TryParse(words[2], out long first) || !TryParse(words[3], out long last) || first > last + 1)
            return null;
        if (words.Length == 5 && words[4] is [LeftOut])
            return new Groups(sender, first, last, null);
        List<ZoneVersion> zones = [];
        foreach (string word in words.AsSpan(4))
        {
            if (!TryCut(word, out string zone, out long version) || !TryParse(zone, out long id))
                return null;
            zones.Add(new ZoneVersion(id, version));
        }

        return new Groups(sender, first, last, zones);
    }

    private static Acknowledged? ParseAcknowledged(Guid sender, string[] words)
    {
        List<KeyValuePair<Guid, long>> upTo = [];
        foreach (string word in words.AsSpan(2))
        {
            if (!TryCut(word, out string origin, out long group) || !Guid.TryParseExact(origin, "N", out Guid id))
                return null;
            upTo.Add(new KeyValuePair<Guid, long>(id, group));
        }

        return new Acknowledged(sender, upTo);
    }

    private static string WordOf(StewardRequest request) => request switch
    {
        StewardRequest.Refresh => "refresh",
        StewardRequest.Retransfer => "retransfer",
        StewardRequest.Notified => "notified",
        _ => "notify",
    };

    private static ForSteward? ParseForSteward(Guid sender, string[] words)
    {
        if (words.Length is < 4 or > 6 || !TryParse(words[2], out long zone))
            return null;
        foreach (StewardRequest request in Enum.GetValues<StewardRequest>())
        {
            if (words[3] != WordOf(request))
                continue;
            NetEndpoint? peer = null;
            if (words.Length > 4 && !TryParse(words[4], out peer))
                return null;
            uint hint = 0;
            if (words.Length > 5 && !uint.TryParse(words[5], NumberStyles.None, CultureInfo.InvariantCulture, out hint))
                return null;
            return new ForSteward(sender, zone, request, peer, words.Length > 5 ? new Serial(hint) : null);
        }

        return null;
    }

    private static bool TryParse(string word, out NetEndpoint? endpoint)
    {
        endpoint = null;
        int hash = word.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0 || !IPAddress.TryParse(word.AsSpan(0, hash), out IPAddress? address)
            || !ushort.TryParse(word.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        endpoint = new NetEndpoint(NetAddress.From(address), port);
        return true;
    }

    private static bool TryCut(string word, out string name, out long number)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        name = colon < 0 ? "" : word[..colon];
        number = 0;
        return colon > 0 && TryParse(word[(colon + 1)..], out number);
    }

    private static bool TryParse(string word, out long number) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
