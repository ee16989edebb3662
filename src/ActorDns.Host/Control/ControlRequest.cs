using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>A request that was verified.</summary>
/// <param name="Message">The message.</param>
/// <param name="Key">The key that verified it and signs the reply.</param>
/// <param name="Line">The command line as it was sent.</param>
internal sealed record ControlRequest(ControlMessage Message, TsigKey Key, string Line);
