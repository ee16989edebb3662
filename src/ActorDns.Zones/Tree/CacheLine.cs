using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ActorDns.Zones.Tree;

/// <summary>Hints to the processor about memory that is needed soon.</summary>
internal static unsafe class CacheLine
{
    public const int Bytes = 64;

    /// <summary>Starts loading; any address will do. Does nothing where there is no such instruction to be had.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
