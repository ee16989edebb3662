using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ActorDns.Actors.Transfers;

/// <summary>
/// How a connection to another server is secured (RFC 9103). Files are read for each connection, so that renewed certificates need no
/// reload. There is no way back to the clear: what fails here fails the connection.
/// </summary>
/// <param name="Name">Its name in the configuration.</param>
public sealed record OutboundTls(string Name)
{
    private static readonly SslApplicationProtocol Dot = new("dot");

    /// <summary>Authorities that the server's certificate must come from; null for those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>The name that the certificate must show; null for the server's address.</summary>
    public string? RemoteHostname { get; init; }

    /// <summary>Our own certificate, with <see cref="KeyFile"/>; null for none.</summary>
    public string? CertFile { get; init; }

    /// <summary>The key of our own certificate.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Versions that may be used. RFC 9103 §7.2 wants TLS 1.3 and nothing else.</summary>
    public SslProtocols Versions { get; init; } = SslProtocols.Tls13;

    /// <summary>True when the server has to prove who it is; otherwise the connection is private, but it may be anybody's.</summary>
    public bool Authenticates => CaFile is not null || RemoteHostname is not null;

    /// <summary>As logs name it.</summary>
    public string LogText => Authenticates ? $"TLS '{Name}'" : $"TLS '{Name}' (whoever it is)";

    /// <summary>Does the handshake, as the client.</summary>
    /// <exception cref="AuthenticationException">The other side is not who it should be, or speaks another language.</exception>
    /// <exception cref="IOException">The connection broke, or a file cannot be read.</exception>
    internal async Task<SslStream> AuthenticateAsync(Stream inner, string address, CancellationToken ct)
    {
        SslStream stream = new(inner, leaveInnerStreamOpen: false);
        try
        {
            SslClientAuthenticationOptions options = Options(address);
            await stream.AuthenticateAsClientAsync(options, ct).ConfigureAwait(false);
            if (stream.NegotiatedApplicationProtocol != Dot)
                throw new AuthenticationException("the server did not choose ALPN 'dot'");
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "When the configuration names nothing to check it against; the log says so.")]
    private SslClientAuthenticationOptions Options(string address)
    {
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = RemoteHostname ?? address,
            ApplicationProtocols = [Dot],
            EnabledSslProtocols = Versions,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (!Authenticates)
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (CaFile is not null)
            options.CertificateChainPolicy = TrustOnly(CaFile);
        if (CertFile is not null && KeyFile is not null)
            options.ClientCertificateContext = Certificate(CertFile, KeyFile);
        return options;
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private static SslStreamCertificateContext Certificate(string certFile, string keyFile)
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(certFile);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certFile, keyFile), chain, offline: true);
    }
}
