namespace ActorDns.Host.Control;

/// <summary>What the command line says about where a command goes; null where it says nothing.</summary>
/// <param name="Server">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="KeyFile">File with a key.</param>
/// <param name="ConfigurationFile">An rndc.conf.</param>
/// <param name="KeyName">Which key of the configuration.</param>
internal sealed record ControlTargetOptions(
    string? Server, int? Port, string? KeyFile, string? ConfigurationFile, string? KeyName);
