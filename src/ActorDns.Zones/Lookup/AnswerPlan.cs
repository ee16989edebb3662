using System.Runtime.InteropServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>
/// What a reply will say, decided before anything is written: an outcome and the record sets of each section, by place in the
/// zone's memory. One plan belongs to one thread and is used again for every query; it allocates only when a reply has more sets than
/// any before it.
/// </summary>
public sealed unsafe class AnswerPlan : IDisposable
{
    /// <summary>Most CNAME or DNAME steps that one answer follows.</summary>
    public const int MaxChainSteps = 16;

    /// <summary>
    /// Most sets that one reply plans. None takes less than 16 octets on the wire, so what does not fit here fits no message either.
    /// </summary>
    internal const int MaxEntries = 4_096;

    /// <summary>Sets beyond which nothing is added that is merely helpful, so that looking for repetitions stays cheap.</summary>
    internal const int MaxHelpfulEntries = 128;

    private const int FirstEntries = 128;
    private const int ScratchBytes = (2 * MaxChainSteps + 2) * (WireName.MaxBytes + 1);
    private PlanEntry[] _entries = new PlanEntry[FirstEntries];
    private readonly byte* _scratch = (byte*)NativeMemory.Alloc(ScratchBytes);
    private int _scratchUsed;
    private bool _isDisposed;

    /// <summary>Releases the scratch memory.</summary>
    ~AnswerPlan() => Release();

    /// <summary>RCODE to send.</summary>
    public Rcode Rcode { get; internal set; }

    /// <summary>AA: the first owner name of the answer is ours (RFC 1035 §4.1.1).</summary>
    public bool IsAuthoritative { get; internal set; }

    /// <summary>The name that is being looked up now: the question's, then each CNAME target in turn.</summary>
    public PlanName CurrentName { get; private set; }

    /// <summary>The question's name as the client wrote it.</summary>
    public PlanName QuestionName { get; private set; }

    /// <summary>CNAME and DNAME steps taken so far.</summary>
    public int ChainSteps { get; private set; }

    /// <summary>True when the plan is a referral.</summary>
    public bool IsReferral { get; internal set; }

    /// <summary>True when a set found no place in the plan: the reply has to say that it is cut short.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>What kind of answer this is for response rate limiting: the name that all answers of its kind share.</summary>
    public PlanName LimitName { get; internal set; }

    /// <summary>Number of sets in the answer section.</summary>
    public int AnswerCount { get; private set; }

    /// <summary>The planned sets in the order in which they were found; sections may be mixed.</summary>
    public ReadOnlySpan<PlanEntry> Entries => _entries.AsSpan(0, EntryCount);

    /// <summary>Number of planned sets.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Starts a new plan for a question; its name is copied.</summary>
    public void Reset(ReadOnlySpan<byte> questionName)
    {
        _scratchUsed = 0;
        EntryCount = 0;
        AnswerCount = 0;
        ChainSteps = 0;
        Rcode = Rcode.NoError;
        IsAuthoritative = true;
        IsReferral = false;
        IsIncomplete = false;
        QuestionName = Store(questionName);
        CurrentName = QuestionName;
        LimitName = QuestionName;
    }

    /// <summary>Plans the SOA alone, as IXFR answers a client that is up to date (RFC 1995 §2).</summary>
    public void PlanSoa(Snapshots.ZoneSnapshot zone, ReadOnlySpan<byte> questionName)
    {
        Reset(questionName);
        Add(new PlanEntry { Section = AnswerSection.Answer, Owner = QuestionName, Set = zone.Soa, Ttl = zone.Soa.Ttl });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    internal static PlanName Place(NameView name)
    {
        ReadOnlySpan<byte> owner = name.Owner;
        return Place(owner);
    }

    /// <summary>Names a place in native memory: the arena's names never move.</summary>
    internal static PlanName Place(ReadOnlySpan<byte> nativeName) =>
        new((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(nativeName)), nativeName.Length);

    internal void Add(in PlanEntry entry)
    {
        if (EntryCount == _entries.Length)
        {
            if (EntryCount == MaxEntries)
            {
                IsIncomplete = true;
                return;
            }

            Array.Resize(ref _entries, 2 * EntryCount);
        }

        _entries[EntryCount++] = entry;
        if (entry.Section == AnswerSection.Answer)
            AnswerCount++;
    }

    /// <summary>Makes the reply SERVFAIL with nothing in it.</summary>
    internal void Fail()
    {
        Rcode = Rcode.ServFail;
        IsAuthoritative = false;
        EntryCount = 0;
        AnswerCount = 0;
    }

    /// <summary>True when the set is planned for that section already.</summary>
    internal bool Contains(RecordSetView set, AnswerSection section)
    {
        foreach (ref readonly PlanEntry entry in Entries)
        {
            if (entry.Section == section && IsSamePlace(entry.Set, set))
                return true;
        }

        return false;
    }

    /// <summary>True when the same owner's set is planned anywhere, so that additional data need not repeat it.</summary>
    internal bool ContainsAnywhere(RecordSetView set)
    {
        foreach (ref readonly PlanEntry entry in Entries)
        {
            if (IsSamePlace(entry.Set, set))
                return true;
        }

        return false;
    }

    /// <summary>Goes on with another name. False when the chain is too long.</summary>
    internal bool Follow(PlanName target)
    {
        if (ChainSteps == MaxChainSteps)
            return false;
        ChainSteps++;
        CurrentName = target;
        return true;
    }

    /// <summary>
    /// True when the name was already looked up in this chain: a loop. The owner of a DNAME was not: names below it were.
    /// </summary>
    internal bool HasVisited(ReadOnlySpan<byte> target)
    {
        foreach (ref readonly PlanEntry entry in Entries)
        {
            bool isAlias = entry.Section == AnswerSection.Answer && (entry.Set.IsNull || entry.Set.Type == RecordType.Cname);
            if (isAlias && WireName.Equal(entry.Owner.Wire, target))
                return true;
        }

        return false;
    }

    /// <summary>Copies a name into the plan's own memory.</summary>
    internal PlanName Store(ReadOnlySpan<byte> name)
    {
        System.Diagnostics.Debug.Assert(_scratchUsed + name.Length <= ScratchBytes);
        byte* place = _scratch + _scratchUsed;
        name.CopyTo(new Span<byte>(place, name.Length));
        _scratchUsed += name.Length;
        return new PlanName(place, name.Length);
    }

    private static bool IsSamePlace(RecordSetView planned, RecordSetView set) =>
        !planned.IsNull && System.Runtime.CompilerServices.Unsafe.AreSame(
            ref MemoryMarshal.GetReference(planned.Packed), ref MemoryMarshal.GetReference(set.Packed));

    private void Release()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        NativeMemory.Free(_scratch);
    }
}
