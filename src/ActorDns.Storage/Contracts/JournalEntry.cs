using System.Text;
using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>
/// One change of one zone: what, by whom, when. <see cref="Wire"/> is what the server reads back; <see cref="Text"/> says the
/// same to people. An entry without a difference is a <em>baseline</em>: the content at its version is the checkpoint completed
/// with it.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>Serial before the change; null for the first content of a zone.</summary>
    public Serial? SerialFrom { get; init; }

    /// <summary>Serial after the change.</summary>
    public required Serial SerialTo { get; init; }

    /// <summary>What caused it.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>When the node made it, kept to the microsecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Node that made it.</summary>
    public required string Node { get; init; }

    /// <summary>TSIG key that signed the request or transfer.</summary>
    public string? KeyName { get; init; }

    /// <summary>Address and port it came from, <c>192.0.2.1#53</c>.</summary>
    public string? Peer { get; init; }

    /// <summary>ID of the message that asked for it.</summary>
    public ushort? MessageId { get; init; }

    /// <summary>Digest of that message's MAC, to find the message in a capture.</summary>
    public ReadOnlyMemory<byte> MacDigest { get; init; }

    /// <summary>The difference in the form of IXFR (RFC 1995 §4), uncompressed; empty for a baseline.</summary>
    public ReadOnlyMemory<byte> Wire { get; init; }

    /// <summary>
    /// The difference for people: one line per record, <c>-</c> (removed) or <c>+</c> (added) directly followed by owner, a
    /// space, TTL, class, type and data. <see cref="JournalFilter.Owner"/> relies on that form.
    /// </summary>
    public string Text
    {
        get => Encoding.UTF8.GetString(Utf8Text.Span);
        init => Utf8Text = Encoding.UTF8.GetBytes(value);
    }

    /// <summary><see cref="Text"/> as it is kept; whoever makes an entry gives one of the two.</summary>
    public ReadOnlyMemory<byte> Utf8Text { get; init; }

    /// <summary>The signed request behind it, when it must not be applied twice.</summary>
    public RequestFingerprint? Request { get; init; }

    /// <summary>True when the content is in a checkpoint and not in <see cref="Wire"/>.</summary>
    public bool IsBaseline => Wire.IsEmpty;
}
