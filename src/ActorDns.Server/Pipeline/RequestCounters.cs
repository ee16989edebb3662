using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline.KeyUses;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Counters of one worker: plain numbers that only its thread writes and anybody may read and add up. A reader may see a number a moment
/// late, never a torn one. They lie between pads, so that two workers never write to one cache line.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 1_072)]
public sealed class RequestCounters
{
    /// <summary>Rcodes that are counted apart; numbers above count as the last.</summary>
    public const int Rcodes = 24;

    /// <summary>Opcodes there are.</summary>
    public const int Opcodes = 16;

    private const int TsigOutcomes = 8;
    [FieldOffset(136)] private long _responses;
    [FieldOffset(192)] private RcodeCounts _byRcode;
    [FieldOffset(384)] private OpcodeCounts _byOpcode;
    [FieldOffset(512)] private RcodeCounts _updatesByRcode;
    [FieldOffset(704)] private TsigCounts _byTsigOutcome;
    [FieldOffset(768)] private TypeCounts _byType;

    /// <summary>Makes the counters of a worker.</summary>
    /// <param name="transport">How the requests arrive that it serves.</param>
    public RequestCounters(AccessTransports transport = AccessTransports.Udp) => Transport = transport;

    /// <summary>How the requests arrive that are counted here.</summary>
    [field: FieldOffset(184)]
    public AccessTransports Transport { get; }

    /// <summary>Which keys this worker has verified.</summary>
    [field: FieldOffset(928)]
    public KeyUseTable KeyUses { get; } = new();

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

    /// <summary>Replies to UPDATE with an rcode, which <see cref="ByRcode"/> has too.</summary>
    public long UpdatesByRcode(int rcode) => Volatile.Read(ref _updatesByRcode[Math.Min(rcode, Rcodes - 1)]);

    /// <summary>Requests with an opcode, 0 to 15.</summary>
    public long ByOpcode(int opcode) => Volatile.Read(ref _byOpcode[opcode]);

    /// <summary>Queries by the place of their type in <see cref="CountedTypes"/>.</summary>
    public long ByType(int slot) => Volatile.Read(ref _byType[slot]);

    /// <summary>Requests whose TSIG record did not verify, by what was found.</summary>
    public long ByTsigOutcome(TsigOutcome outcome) => Volatile.Read(ref _byTsigOutcome[(int)outcome]);

    /// <summary>
    /// Counts a reply to an update that left later than its worker's turn; from any thread, on counters kept for such replies.
    /// </summary>
    internal void CountLateReply(int rcode)
    {
        int place = Math.Min(rcode, Rcodes - 1);
        Interlocked.Increment(ref _byRcode[place]);
        Interlocked.Increment(ref _updatesByRcode[place]);
        Interlocked.Increment(ref _responses);
    }

    internal void CountRcode(int rcode) => _byRcode[Math.Min(rcode, Rcodes - 1)]++;

    internal void CountUpdateRcode(int rcode) => _updatesByRcode[Math.Min(rcode, Rcodes - 1)]++;

    internal void CountOpcode(int opcode) => _byOpcode[opcode]++;

    internal void CountType(RecordType type) => _byType[CountedTypes.SlotOf(type)]++;

    internal void CountSignatureFailure(TsigOutcome outcome)
    {
        SignatureFailures++;
        _byTsigOutcome[(int)outcome]++;
    }

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

    [InlineArray(TsigOutcomes)]
    private struct TsigCounts
    {
        private long _first;
    }

    [InlineArray(CountedTypes.Count)]
    private struct TypeCounts
    {
        private long _first;
    }
}
