using System.Collections.Immutable;
using System.Net;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>
/// An <c>inet</c> control channel for rndc. Key names are compared as written, without regard to case; no names mean the rndc
/// key file.
/// </summary>
public sealed record ControlChannel(
    IPAddress Address, int Port, AddressMatchList Allow, ImmutableArray<string> Keys, bool IsReadOnly, SourcePosition Position)
{
    /// <summary>The port when none is written.</summary>
    public const int DefaultPort = 953;
}
