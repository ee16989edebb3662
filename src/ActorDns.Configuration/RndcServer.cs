using System.Collections.Immutable;

namespace ActorDns.Configuration;

/// <summary>A <c>server</c> block of <c>rndc.conf</c>.</summary>
/// <param name="Name">Name or address.</param>
/// <param name="Key">Name of its key; null for the default.</param>
/// <param name="Port">Its port; null for the default.</param>
/// <param name="Addresses">Addresses that are tried instead of the name, each with a port of its own or null.</param>
public sealed record RndcServer(string Name, string? Key, int? Port, ImmutableArray<(string Address, int? Port)> Addresses);
