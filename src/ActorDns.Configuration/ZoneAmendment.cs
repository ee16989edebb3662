using ActorDns.Protocol.Names;

namespace ActorDns.Configuration;

/// <summary>A change to the zones of a configuration that is in force, as <c>rndc addzone</c> and its like make.</summary>
/// <param name="View">Name of the view; <c>_default</c> where there are no views.</param>
/// <param name="Name">Name of the zone.</param>
/// <param name="Text">The zone statement that takes the place of what there was, if anything; null takes the zone out.</param>
/// <param name="Source">What positions within the text call its file.</param>
public sealed record ZoneAmendment(string View, DomainName Name, string? Text, string Source);
