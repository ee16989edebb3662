using System.Collections.Immutable;
using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>One rule of <c>update-policy</c>: whom it is about, which names and types, and whether it grants or denies.</summary>
/// <param name="IsGrant">True for <c>grant</c>, false for <c>deny</c>.</param>
/// <param name="Identity">The signer, or a wildcard that matches signers; a Kerberos realm for the rules that know such.</param>
/// <param name="Kind">How names are told.</param>
/// <param name="Name">NAME; not looked at by the kinds that have none.</param>
/// <param name="Types">The types; empty for those that ordinary clients write: all but NS, SOA and RRSIG.</param>
/// <param name="Origin">Where the rule was written, for log lines.</param>
public sealed record UpdatePolicyRule(
    bool IsGrant,
    DomainName Identity,
    UpdateRuleKind Kind,
    DomainName Name,
    ImmutableArray<UpdateRuleTypeLimit> Types,
    string Origin = "")
{
    /// <summary>Why the rule never matches; null for the kinds that are implemented.</summary>
    public string? Unsupported => Kind switch
    {
        >= UpdateRuleKind.MsSelf and <= UpdateRuleKind.Krb5SubdomainSelfRhs => $"{Word} waits for GSS-TSIG",
        UpdateRuleKind.External => "external is not supported",
        _ => null,
    };

    private string Word => Kind switch
    {
        UpdateRuleKind.Name => "name",
        UpdateRuleKind.Subdomain => "subdomain",
        UpdateRuleKind.ZoneSub => "zonesub",
        UpdateRuleKind.Wildcard => "wildcard",
        UpdateRuleKind.Self => "self",
        UpdateRuleKind.SelfSub => "selfsub",
        UpdateRuleKind.SelfWild => "selfwild",
        UpdateRuleKind.TcpSelf => "tcp-self",
        UpdateRuleKind.SixToFourSelf => "6to4-self",
        UpdateRuleKind.MsSelf => "ms-self",
        UpdateRuleKind.MsSelfSub => "ms-selfsub",
        UpdateRuleKind.MsSubdomain => "ms-subdomain",
        UpdateRuleKind.MsSubdomainSelfRhs => "ms-subdomain-self-rhs",
        UpdateRuleKind.Krb5Self => "krb5-self",
        UpdateRuleKind.Krb5SelfSub => "krb5-selfsub",
        UpdateRuleKind.Krb5Subdomain => "krb5-subdomain",
        UpdateRuleKind.Krb5SubdomainSelfRhs => "krb5-subdomain-self-rhs",
        _ => "external",
    };

    /// <summary>The rule as it is written in a configuration, and where.</summary>
    public override string ToString()
    {
        string types = string.Concat(Types.Select(limit => limit.MaxRecords == 0
            ? $" {limit.Type}"
            : string.Create(CultureInfo.InvariantCulture, $" {limit.Type}({limit.MaxRecords})")));
        string name = Kind == UpdateRuleKind.ZoneSub ? "" : " " + Name.ToLogString();
        string at = Origin.Length > 0 ? $" ({Origin})" : "";
        return $"{(IsGrant ? "grant" : "deny")} {Identity.ToLogString()} {Word}{name}{types}{at}";
    }

    /// <summary>True when the rule decides about records of a type at a name.</summary>
    internal bool Matches(in UpdateRequester requester, ReadOnlySpan<byte> zone, ReadOnlySpan<byte> name, RecordType type)
    {
        if (Unsupported is not null || !Covers(type))
            return false;
        if (Kind is UpdateRuleKind.TcpSelf or UpdateRuleKind.SixToFourSelf)
            return requester.IsStream && MatchesClient(requester, name);
        if (requester.Key is { } key && MatchesSigner(key.Wire, zone, name))
            return true;
        for (ReadOnlySpan<byte> rest = requester.KeyAliases.Span; !rest.IsEmpty; rest = rest[WireName.LengthOf(rest)..])
        {
            if (MatchesSigner(rest[..WireName.LengthOf(rest)], zone, name))
                return true;
        }

        return false;
    }

    /// <summary>Most records of a type that may exist, the type's own limit before that of ANY; 0 is no limit.</summary>
    internal int MaxRecords(RecordType type)
    {
        int max = 0;
        foreach (UpdateRuleTypeLimit limit in Types)
        {
            if (limit.Type == type)
                return limit.MaxRecords;
            if (limit.Type == RecordType.Any)
                max = limit.MaxRecords;
        }

        return max;
    }

    private bool Covers(RecordType type)
    {
        if (Types.IsEmpty)
            return type != RecordType.Ns && type != RecordType.Soa && type != RecordType.Rrsig;
        foreach (UpdateRuleTypeLimit limit in Types)
        {
            if (limit.Type == type || limit.Type == RecordType.Any)
                return true;
        }

        return false;
    }

    private bool MatchesClient(in UpdateRequester requester, ReadOnlySpan<byte> name)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxBytes];
        int length = Kind == UpdateRuleKind.TcpSelf
            ? ReverseName.Write(requester.Client, wire)
            : ReverseName.WriteSixToFour(requester.Client, wire);
        return FitsIdentity(wire[..length]) && WireName.Equal(name, wire[..length]);
    }

    private bool MatchesSigner(ReadOnlySpan<byte> signer, ReadOnlySpan<byte> zone, ReadOnlySpan<byte> name) =>
        FitsIdentity(signer) && Kind switch
        {
            UpdateRuleKind.Name => WireName.Equal(name, Name.Wire),
            UpdateRuleKind.Subdomain => WireName.IsAtOrBelow(name, Name.Wire),
            UpdateRuleKind.ZoneSub => WireName.IsAtOrBelow(name, zone),
            UpdateRuleKind.Wildcard => IsBelow(name, WireName.Parent(Name.Wire)),
            UpdateRuleKind.Self => WireName.Equal(name, signer),
            UpdateRuleKind.SelfSub => WireName.IsAtOrBelow(name, signer),
            UpdateRuleKind.SelfWild => IsBelow(name, signer),
            _ => false,
        };

    private bool FitsIdentity(ReadOnlySpan<byte> signer) =>
        WireName.IsWildcard(Identity.Wire)
            ? IsBelow(signer, WireName.Parent(Identity.Wire))
            : WireName.Equal(signer, Identity.Wire);

    private static bool IsBelow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor) =>
        name.Length > ancestor.Length && WireName.IsAtOrBelow(name, ancestor);
}
