using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Counters of one worker: plain numbers that only its thread writes and anybody may read and add up. A reader may see a number a moment
/// late, never a torn one. They lie between pads, so that two workers never write to one cache line.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 640)]
public sealed class RequestCounters
{
    private const int Rcodes = 24;
    private const int Opcodes = 16;
    [FieldOffset(136)] private long _responses;
    [FieldOffset(192)] private RcodeCounts _byRcode;
    [FieldOffset(384)] private OpcodeCounts _byOpcode;

    /// <summary>Requests that arrived, dropped ones included.</summary>
    [field: FieldOffset(128)]
    public long Requests { get; internal set; }

    /// <summary>Replies that were made.</summary>
    public long Responses
    {
        get => _responses;
        internal set => _responses = value;
    }

    /// <summary>Requests that got no reply.</summary>
    [field: FieldOffset(144)]
    public long Dropped { get; internal set; }

    /// <summary>Replies with TC set.</summary>
    [field: FieldOffset(152)]
    public long Truncated { get; internal set; }

    /// <summary>Requests with a TSIG record that did not verify.</summary>
    [field: FieldOffset(160)]
    public long SignatureFailures { get; internal set; }

    /// <summary>Replies that rate limiting held back.</summary>
    [field: FieldOffset(168)]
    public long RateDropped { get; internal set; }

    /// <summary>Replies that rate limiting sent empty and truncated.</summary>
    [field: FieldOffset(176)]
    public long RateSlipped { get; internal set; }

    /// <summary>Replies with an rcode; numbers above BADCOOKIE count as the last.</summary>
    public long ByRcode(int rcode) => Volatile.Read(ref _byRcode[Math.Min(rcode, Rcodes - 1)]);

    /// <summary>Requests with an opcode, 0 to 15.</summary>
    public long ByOpcode(int opcode) => Volatile.Read(ref _byOpcode[opcode]);

    /// <summary>Counts a reply that left later than its worker's turn; from any thread, on counters kept for such replies.</summary>
    internal void CountLateReply(int rcode)
    {
        Interlocked.Increment(ref _byRcode[Math.Min(rcode, Rcodes - 1)]);
        Interlocked.Increment(ref _responses);
    }

    internal void CountRcode(int rcode) => _byRcode[Math.Min(rcode, Rcodes - 1)]++;

    internal void CountOpcode(int opcode) => _byOpcode[opcode]++;

    [InlineArray(Rcodes)]
    private struct RcodeCounts
    {
        private long _first;
    }

    [InlineArray(Opcodes)]
    private struct OpcodeCounts
    {
        private long _first;
    }
}
