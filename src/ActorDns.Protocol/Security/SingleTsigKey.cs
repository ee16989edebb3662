using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Security;

/// <summary>A source of exactly one key.</summary>
/// <param name="only">The key.</param>
public readonly struct SingleTsigKey(TsigKey only) : ITsigKeySource
{
    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> keyNameWire, int generation, [NotNullWhen(true)] out TsigKey? key)
    {
        key = generation == 0 && WireName.Equal(keyNameWire, only.Name.Wire) ? only : null;
        return key is not null;
    }
}
