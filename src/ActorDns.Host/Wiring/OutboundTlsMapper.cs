using System.Security.Authentication;
using ActorDns.Actors.Transfers;
using ActorDns.Configuration.Model;

namespace ActorDns.Host.Wiring;

/// <summary>Makes the name of a <c>tls</c> block behind a server's address into how that server is talked to.</summary>
internal static class OutboundTlsMapper
{
    private const string None = "none";

    /// <summary>How a server is talked to; null for in the clear.</summary>
    public static OutboundTls? Map(NamedConfiguration configuration, RemoteServer server)
    {
        if (server.Tls is not { } name || name.Equals(None, StringComparison.OrdinalIgnoreCase))
            return null;
        if (configuration.FindTls(name) is not { } block)
            return new OutboundTls(name); // "ephemeral": the check of the configuration refuses all others.
        return new OutboundTls(name)
        {
            CaFile = Resolve(configuration, block.CaFile),
            RemoteHostname = block.RemoteHostname,
            CertFile = Resolve(configuration, block.CertFile),
            KeyFile = Resolve(configuration, block.KeyFile),
            Versions = VersionsOf(block),
        };
    }

    /// <summary>The port of a server: as written, or that of TLS or of DNS.</summary>
    public static ushort PortOf(NamedConfiguration configuration, RemoteServer server, OutboundTls? tls, int plainPort) =>
        (ushort)(server.Port ?? (tls is null ? plainPort : configuration.Options.TlsPort.Value));

    private static SslProtocols VersionsOf(TlsDefinition block) => (Takes(block, "TLSv1.2"), Takes(block, "TLSv1.3")) switch
    {
        (true, true) => SslProtocols.Tls12 | SslProtocols.Tls13,
        (true, false) => SslProtocols.Tls12,
        _ => SslProtocols.Tls13,
    };

    private static bool Takes(TlsDefinition block, string version) =>
        block.Protocols.Contains(version, StringComparer.OrdinalIgnoreCase);

    private static string? Resolve(NamedConfiguration configuration, string? file) =>
        file is null ? null : Path.Combine(configuration.Options.Directory.Value, file);
}
