using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>
/// What the registry told a node last, as the node keeps it for a start without the store: the keys with their states, ended ones too, and
/// their secrets sealed as they are in the store. The text is JSON on one line, and a second line with its authenticator under the
/// cluster secret.
/// </summary>
/// <param name="Epoch">Epoch of the store that the registry is in.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="ToldAt">When the registry was as it is here the last time, by this node's clock.</param>
/// <param name="Keys">All keys of the registry.</param>
public sealed partial record KeptKeys(Guid Epoch, long Version, DateTimeOffset ToldAt, IReadOnlyList<StoredKey> Keys)
{
    private const string Format = "actordns-keys-1";
    private const byte LineEnd = (byte)'\n';

    /// <summary>The text, with the authenticator of <paramref name="sealer"/>.</summary>
    public byte[] ToUtf8(KeySealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        Document document = new(Format, Epoch, Version, ToldAt, [.. Keys.Select(Describe)]);
        byte[] content = [.. JsonSerializer.SerializeToUtf8Bytes(document, Json.Default.Document), LineEnd];
        return [.. content, .. Encoding.ASCII.GetBytes(Convert.ToHexString(sealer.Authenticate(content))), LineEnd];
    }

    /// <summary>Reads what <see cref="ToUtf8"/> made; null with a reason in words when it is not that, to the last octet.</summary>
    public static KeptKeys? Read(ReadOnlySpan<byte> text, KeySealer sealer, out string reason)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        reason = "it was altered or cut off since it was written: delete it, and find out who did that";
        int contentBytes = text.IndexOf(LineEnd) + 1;
        if (contentBytes == 0 || text[^1] != LineEnd)
            return null;
        ReadOnlySpan<byte> content = text[..contentBytes];
        ReadOnlySpan<byte> line = text[contentBytes..];
        switch (sealer.Check(content, line.IsEmpty ? line : line[..^1]))
        {
            case Authenticity.OtherSecret:
                reason = "it was written under another cluster secret: put that one back into the secret's file as a second line, "
                    + "or delete this file if it came from elsewhere";
                return null;
            case Authenticity.Altered:
                return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(content, Json.Default.Document) is { Format: Format } document)
            {
                reason = "";
                return new KeptKeys(document.Epoch, document.Version, document.ToldAt, [.. document.Keys.Select(Read)]);
            }
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            // It is ours, as the authenticator shows, and is in a form that this version does not know.
        }

        reason = "another version of the program wrote it, and this one cannot read it: start that version, or wait for the store";
        return null;
    }

    private static StoredLine Describe(StoredKey stored)
    {
        RegisteredKey key = stored.Key;
        return new StoredLine
        {
            Kind = key.Kind,
            Line = key.Line.ToString(),
            Generation = key.Generation,
            Name = key.Name.ToString(),
            Algorithm = key.Algorithm,
            State = key.State,
            Created = key.Created,
            Activated = key.Activated,
            RetiringSince = key.RetiringSince,
            Ended = key.Ended,
            Predecessor = key.Predecessor,
            IsHeld = key.IsHeld,
            Every = key.Every,
            Overlap = key.Overlap,
            Peers = [.. key.Peers.Select(peer => peer.ToString())],
            RowVersion = key.RowVersion,
            RingVersion = key.RingVersion,
            Sealed = stored.Sealed.ToArray(),
        };
    }

    private static StoredKey Read(StoredLine line)
    {
        RegisteredKey key = new()
        {
            Kind = line.Kind,
            Line = DomainName.Parse(line.Line),
            Generation = line.Generation,
            Name = DomainName.Parse(line.Name),
            Algorithm = line.Algorithm,
            State = line.State,
            Created = line.Created,
            Activated = line.Activated,
            RetiringSince = line.RetiringSince,
            Ended = line.Ended,
            Predecessor = line.Predecessor,
            IsHeld = line.IsHeld,
            Every = line.Every,
            Overlap = line.Overlap,
            Peers = [.. line.Peers.Select(peer => NetAddress.From(System.Net.IPAddress.Parse(peer)))],
            RowVersion = line.RowVersion,
            RingVersion = line.RingVersion,
        };
        return new StoredKey(key, line.Sealed);
    }

    private sealed record Document(string Format, Guid Epoch, long Version, DateTimeOffset ToldAt, IReadOnlyList<StoredLine> Keys);

    private sealed record StoredLine
    {
        public required KeyKind Kind { get; init; }

        public required string Line { get; init; }

        public required int Generation { get; init; }

        public required string Name { get; init; }

        public required string Algorithm { get; init; }

        public required KeyState State { get; init; }

        public required DateTimeOffset Created { get; init; }

        public DateTimeOffset? Activated { get; init; }

        public DateTimeOffset? RetiringSince { get; init; }

        public DateTimeOffset? Ended { get; init; }

        public int? Predecessor { get; init; }

        public bool IsHeld { get; init; }

        public TimeSpan? Every { get; init; }

        public required TimeSpan Overlap { get; init; }

        public required IReadOnlyList<string> Peers { get; init; }

        public required long RowVersion { get; init; }

        public required long RingVersion { get; init; }

        public required byte[] Sealed { get; init; }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UseStringEnumConverter = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class Json : JsonSerializerContext;
}
