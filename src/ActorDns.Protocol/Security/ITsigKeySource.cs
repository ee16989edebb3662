using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Where a verifier finds keys. Implemented by structs and used as a type constraint, so that a look-up costs no indirect call.
/// While a key is being replaced under its old name, two generations of it exist and both verify.
/// </summary>
public interface ITsigKeySource
{
    /// <summary>Most keys that may share a name.</summary>
    const int MaxGenerations = 2;

    /// <summary>
    /// Finds generation 0 (the first to try) or 1 of a name given uncompressed in any case; no generation 1 without a generation 0.
    /// </summary>
    bool TryFind(ReadOnlySpan<byte> keyNameWire, int generation, [NotNullWhen(true)] out TsigKey? key);
}
