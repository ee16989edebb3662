namespace ActorDns.Host.Audit;

/// <summary>Ends an audit command; the message says to the operator what is wrong and what to do.</summary>
/// <param name="message">The sentence.</param>
internal sealed class AuditException(string message) : Exception(message);
