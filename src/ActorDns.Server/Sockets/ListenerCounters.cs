using System.Runtime.InteropServices;

namespace ActorDns.Server.Sockets;

/// <summary>
/// What one listener thread has done. Only that thread writes, with plain additions; anyone may read. The fields lie
/// between pads, so that two threads' counters never share a cache line.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 320)]
internal sealed class ListenerCounters
{
    [FieldOffset(128)] internal long PacketsIn;
    [FieldOffset(136)] internal long PacketsOut;
    [FieldOffset(144)] internal long BytesIn;
    [FieldOffset(152)] internal long BytesOut;
    [FieldOffset(160)] internal long Dropped;
    [FieldOffset(168)] internal long SendErrors;
    [FieldOffset(176)] internal long ReceiveErrors;
    [FieldOffset(184)] internal long HandlerFaults;
    [FieldOffset(192)] internal long Batches;
    [FieldOffset(200)] internal long Groups;

    /// <summary>The values now; each is exact, together they may be a batch apart.</summary>
    internal ListenerCounts Read() => new(
        Volatile.Read(ref PacketsIn),
        Volatile.Read(ref PacketsOut),
        Volatile.Read(ref BytesIn),
        Volatile.Read(ref BytesOut),
        Volatile.Read(ref Dropped),
        Volatile.Read(ref SendErrors),
        Volatile.Read(ref ReceiveErrors),
        Volatile.Read(ref HandlerFaults),
        Volatile.Read(ref Batches),
        Volatile.Read(ref Groups));
}
