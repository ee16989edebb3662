namespace ActorDns.Kernel;

/// <summary>A <see cref="Probe{TMessage}"/> saw something else than the test expected.</summary>
public sealed class ProbeException(string message) : Exception(message);
