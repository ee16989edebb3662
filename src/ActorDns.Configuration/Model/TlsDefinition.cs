using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A <c>tls</c> block. The names <c>ephemeral</c> and <c>none</c> are built in and never defined.</summary>
public sealed record TlsDefinition(string Name, SourcePosition Position)
{
    /// <summary>Certificate file.</summary>
    public string? CertFile { get; init; }

    /// <summary>File of the certificate's private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Authorities to verify the other side with.</summary>
    public string? CaFile { get; init; }

    /// <summary>File with Diffie-Hellman parameters.</summary>
    public string? DhparamFile { get; init; }

    /// <summary>The name the other side's certificate must show.</summary>
    public string? RemoteHostname { get; init; }

    /// <summary>The ciphers up to TLS 1.2.</summary>
    public string? Ciphers { get; init; }

    /// <summary>The ciphers of TLS 1.3.</summary>
    public string? CipherSuites { get; init; }

    /// <summary>The protocol versions; empty for the system's choice.</summary>
    public ImmutableArray<string> Protocols { get; init; } = [];

    /// <summary>True when the server's order of ciphers counts.</summary>
    public bool? PreferServerCiphers { get; init; }

    /// <summary>True when sessions may be resumed by tickets.</summary>
    public bool? SessionTickets { get; init; }
}
