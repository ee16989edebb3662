using System.Net;

namespace ActorDns.Configuration.Model;

/// <summary>The address to send from; null stands for <c>*</c>, the choice of the system.</summary>
public sealed record SourceAddress(IPAddress? Address, int? Port);
