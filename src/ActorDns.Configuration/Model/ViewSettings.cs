using System.Collections.Immutable;

namespace ActorDns.Configuration.Model;

/// <summary>The settings in force in a view, inherited from <c>options</c> where the view says nothing.</summary>
public sealed record ViewSettings
{
    /// <summary>Clients that this view answers.</summary>
    public required Setting<AddressMatchList> MatchClients { get; init; }

    /// <summary>Local addresses that this view answers on.</summary>
    public required Setting<AddressMatchList> MatchDestinations { get; init; }

    /// <summary>True when only queries that ask for recursion fit this view.</summary>
    public required Setting<bool> MatchRecursiveOnly { get; init; }

    /// <summary>True when recursion would be offered; this server offers none.</summary>
    public required Setting<bool> Recursion { get; init; }

    /// <summary>Clients whose queries are answered where no zone decides.</summary>
    public required Setting<AddressMatchList> AllowQuery { get; init; }

    /// <summary>Local addresses on which queries are answered where no zone decides.</summary>
    public required Setting<AddressMatchList> AllowQueryOn { get; init; }

    /// <summary>Clients that may have recursion.</summary>
    public required Setting<AddressMatchList> AllowRecursion { get; init; }

    /// <summary>When answers carry only what they must.</summary>
    public required Setting<MinimalResponses> MinimalResponses { get; init; }

    /// <summary>True when a query for ANY by UDP gets one RRset (RFC 8482).</summary>
    public required Setting<bool> MinimalAny { get; init; }

    /// <summary>The largest UDP response in octets.</summary>
    public required Setting<int> MaxUdpSize { get; init; }

    /// <summary>The UDP payload size told in EDNS.</summary>
    public required Setting<int> EdnsUdpSize { get; init; }

    /// <summary>The largest UDP response without a valid cookie.</summary>
    public required Setting<int> NocookieUdpSize { get; init; }

    /// <summary>True when a UDP query without a valid cookie gets BADCOOKIE (RFC 7873 §5.2.3).</summary>
    public required Setting<bool> RequireServerCookie { get; init; }

    /// <summary>True when cookies go out with requests.</summary>
    public required Setting<bool> SendCookie { get; init; }

    /// <summary>Block size of padding of responses over encrypted transport; zero for none (RFC 7830).</summary>
    public required Setting<int> ResponsePaddingBlockSize { get; init; }

    /// <summary>Clients that get padded responses.</summary>
    public required Setting<AddressMatchList> ResponsePaddingClients { get; init; }

    /// <summary>The limits on responses; null for none.</summary>
    public required RateLimitConfiguration? RateLimit { get; init; }

    /// <summary>True when names in messages are compressed.</summary>
    public required Setting<bool> MessageCompression { get; init; }

    /// <summary>Clients that get names compressed without regard to case.</summary>
    public required Setting<AddressMatchList> NoCaseCompress { get; init; }

    /// <summary>True when negative answers always have AA set.</summary>
    public required Setting<bool> AuthNxdomain { get; init; }

    /// <summary>How many records a transfer message carries.</summary>
    public required Setting<TransferFormat> TransferFormat { get; init; }

    /// <summary>True when differences are given out.</summary>
    public required Setting<bool> ProvideIxfr { get; init; }

    /// <summary>True when zones may be added while the server runs.</summary>
    public required Setting<bool> AllowNewZones { get; init; }

    /// <summary>The catalog zones (RFC 9432).</summary>
    public required ImmutableArray<CatalogZone> CatalogZones { get; init; }

    /// <summary>When forwarders are asked.</summary>
    public required Setting<ForwardMode> Forward { get; init; }

    /// <summary>Servers that queries are forwarded to.</summary>
    public required Setting<ImmutableArray<RemoteServer>> Forwarders { get; init; }
}
