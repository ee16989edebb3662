using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>Why an update was turned down as a whole.</summary>
/// <param name="Rcode">What the client is told.</param>
/// <param name="Text">The log line in BIND's words, the part after client and zone.</param>
/// <param name="Rule">The rule that decided, or that none did; empty where no access rule was asked.</param>
public sealed record UpdateFailure(Rcode Rcode, string Text, string Rule = "")
{
    /// <summary>True when an access list or a policy turned it down.</summary>
    public bool IsDenied => Rule.Length > 0;

    internal static UpdateFailure Of(Rcode rcode, string why) => new(rcode, $"update {Word(rcode)}: {why} ({rcode})");

    internal static UpdateFailure OfName(Rcode rcode, ReadOnlySpan<byte> name, string why) =>
        Of(rcode, $"{NameText.ToText(name, keepFinalDot: false)}: {why}");

    internal static UpdateFailure OfSet(Rcode rcode, ReadOnlySpan<byte> name, RecordType type, string why) =>
        Of(rcode, $"{NameText.ToText(name, keepFinalDot: false)}/{type}: {why}");

    private static string Word(Rcode rcode) =>
        rcode == Rcode.NxDomain || rcode == Rcode.YxDomain || rcode == Rcode.NxRrset || rcode == Rcode.YxRrset ? "unsuccessful" : "failed";
}
