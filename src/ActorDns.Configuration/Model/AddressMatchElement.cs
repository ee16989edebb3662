using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>One element of an address match list, as written.</summary>
public abstract record AddressMatchElement
{
    private AddressMatchElement()
    {
    }

    /// <summary>True when an exclamation mark stands before it.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Where the element stands.</summary>
    public SourcePosition Position { get; init; } = SourcePosition.None;

    /// <summary>An address or a network.</summary>
    public sealed record Prefix(IPAddress Address, int Length) : AddressMatchElement;

    /// <summary>Requests signed with this key, the signature verified.</summary>
    public sealed record Key(DomainName Name) : AddressMatchElement;

    /// <summary>A list defined by an <c>acl</c> statement; names compare without regard to case.</summary>
    public sealed record AclReference(string Name) : AddressMatchElement;

    /// <summary>A list within the list.</summary>
    public sealed record Nested(AddressMatchList List) : AddressMatchElement;

    /// <summary>Everybody (<c>any</c>).</summary>
    public sealed record Any : AddressMatchElement;

    /// <summary>Nobody (<c>none</c>), which is <c>!any</c>.</summary>
    public sealed record None : AddressMatchElement;

    /// <summary>The addresses of this host (<c>localhost</c>).</summary>
    public sealed record LocalHost : AddressMatchElement;

    /// <summary>The networks this host is on (<c>localnets</c>).</summary>
    public sealed record LocalNets : AddressMatchElement;

    /// <summary>A <c>geoip</c> element; it never matches here and is reported as unsupported.</summary>
    public sealed record GeoIp(string Text) : AddressMatchElement;
}
