namespace ActorDns.Server.Sockets;

/// <summary>The running totals behind <see cref="StreamCounts"/>; changed by interlocked additions.</summary>
internal sealed class StreamCounters
{
    internal long Accepted;
    internal long RefusedTotal;
    internal long RefusedPerClient;
    internal long MessagesIn;
    internal long BytesIn;
    internal long BytesOut;
    internal long IdleClosed;
    internal long WriteTimeouts;
    internal long Malformed;
    internal long HandlerFaults;

    internal StreamCounts Read() => new(
        Interlocked.Read(ref Accepted),
        Interlocked.Read(ref RefusedTotal),
        Interlocked.Read(ref RefusedPerClient),
        Interlocked.Read(ref MessagesIn),
        Interlocked.Read(ref BytesIn),
        Interlocked.Read(ref BytesOut),
        Interlocked.Read(ref IdleClosed),
        Interlocked.Read(ref WriteTimeouts),
        Interlocked.Read(ref Malformed),
        Interlocked.Read(ref HandlerFaults));
}
