using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A <c>listen-on</c> or <c>listen-on-v6</c> statement: the addresses it takes, with port, TLS and HTTP configuration.</summary>
public sealed record ListenOn(
    bool IsV6, int? Port, string? Tls, string? Http, AddressMatchList Addresses, SourcePosition Position)
{
    /// <summary>The port in force: as written, or 853 with TLS, 443 with HTTP over TLS, 80 with HTTP in clear.</summary>
    public int EffectivePort(int plainPort) => Port ?? (Http, Tls) switch
    {
        (not null, "none" or null) => 80,
        (not null, _) => 443,
        (null, not null and not "none") => 853,
        _ => plainPort,
    };
}
