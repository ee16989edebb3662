using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Loading;

/// <summary>Puts records into a builder, checks those that can be checked alone, and gathers problems.</summary>
internal struct ZoneLoadSink(ZoneBuilder builder, DomainName origin, ZoneCheckOptions options) : IMasterFileSink
{
    // The sets that the records of one owner, as they stand together in the file, belong to.
    private readonly List<RunSet> _run = [];
    private readonly byte[] _owner = new byte[WireName.MaxBytes];
    private int _ownerLength;
    private long _records;
    private int _errors;
    private int _warnings;
    private bool _isFull;

    /// <summary>Everything found so far, up to the loader's bound; half of that for errors, so that warnings cannot hide them.</summary>
    public List<MasterFileProblem> Problems { get; } = [];

    /// <summary>True when something was found that refuses the zone.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>True when the apex has its SOA.</summary>
    public bool HasSoa { get; private set; }

    /// <summary>True when the apex has NS.</summary>
    public bool HasNs { get; private set; }

    private readonly ReadOnlySpan<byte> Owner => _owner.AsSpan(0, _ownerLength);

    /// <inheritdoc/>
    public void Record(in MasterFileRecord record)
    {
        if (_isFull)
            return;
        if (!record.Owner.SequenceEqual(Owner))
            StartOwner(record);
        if (!IsAllowed(record))
            return;
        if (options.Names != CheckLevel.Ignore && !record.IsGenerated)
            CheckNames(record);
        CheckAddressTarget(record);
        Add(record);
        if (options.MaxRecords > 0 && ++_records > options.MaxRecords)
        {
            _isFull = true;
            Report(true, record, $"too many records (must not exceed {options.MaxRecords})");
        }
    }

    /// <inheritdoc/>
    public void Problem(MasterFileProblem problem)
    {
        HasErrors |= problem.IsError;
        ref int count = ref problem.IsError ? ref _errors : ref _warnings;
        if (count++ < ZoneLoader.MaxProblems / 2)
            Problems.Add(problem);
    }

    private void StartOwner(in MasterFileRecord record)
    {
        if (!WireName.Equal(record.Owner, Owner))
            _run.Clear();
        record.Owner.CopyTo(_owner);
        _ownerLength = record.Owner.Length;
        if (options.Wildcard && !record.IsGenerated && HostNames.HasInnerWildcard(record.Owner))
            Report(false, record, $"warning: ownername '{Text(record.Owner)}' contains an non-terminal wildcard");
    }

    /// <summary>False when the record cannot stand where it stands.</summary>
    private bool IsAllowed(in MasterFileRecord record)
    {
        RecordType type = record.Type;
        bool isApex = record.Owner.Length == origin.Wire.Length;
        string? problem = null;
        if (type == RecordType.Soa && !isApex)
            problem = $"SOA record not at top of zone ({Text(record.Owner)})";
        else if (type == RecordType.Ds && isApex && options.IsPrimary)
            problem = $"DS record at top of zone ({Text(record.Owner)})";
        else if (type == RecordType.Ns && WireName.IsWildcard(record.Owner))
            problem = $"{Text(record.Owner)}: invalid NS owner name (wildcard)";
        else if (type == RecordType.Nsec3 && WireName.IsWildcard(record.Owner))
            problem = $"{Text(record.Owner)}: invalid NSEC3 owner name (wildcard)";
        else if (options.MaxTtlSeconds is { } most && record.Ttl > most)
            problem = $"TTL {record.Ttl} exceeds configured max-zone-ttl {most}";
        if (problem is null)
        {
            HasSoa |= type == RecordType.Soa;
            HasNs |= isApex && type == RecordType.Ns;
            return true;
        }

        Report(true, record, problem);
        return false;
    }

    private void CheckNames(in MasterFileRecord record)
    {
        bool isError = options.Names == CheckLevel.Fail;
        if (!HostNames.IsGoodOwner(record.Type, record.Owner))
            Report(isError || record.Type == RecordType.Nsec3, record, $"{Text(record.Owner)}: bad owner name (check-names)");
        if (HostNames.TryFindBadTarget(record.Type, record.Owner, record.Rdata, out ReadOnlySpan<byte> bad))
            Report(isError, record, $"{Text(bad)}: bad name (check-names)");
    }

    /// <summary>Looks for an address where a name is due; as a word, for it is a good relative name too.</summary>
    private void CheckAddressTarget(in MasterFileRecord record)
    {
        RdataText words = record.Words;
        if (record.Type == RecordType.Mx && options.Mx != CheckLevel.Ignore)
        {
            words.TryNext(out _, out _);
            if (words.TryNext(out ReadOnlySpan<byte> target, out _) && MisplacedAddress.IsAddress(target))
                Report(options.Mx == CheckLevel.Fail, record, $"'{MisplacedAddress.Show(target)}': MX is an address");
        }
        else if (record.Type == RecordType.Ns && options.NsAddresses != CheckLevel.Ignore)
        {
            if (words.TryNext(out ReadOnlySpan<byte> target, out _) && MisplacedAddress.IsAddress(target))
            {
                Report(
                    options.NsAddresses == CheckLevel.Fail,
                    record,
                    $"NS record '{MisplacedAddress.Show(target)}' appears to be an address");
            }
        }
    }

    /// <summary>
    /// Adds the record. In one run of an owner's records a set keeps its first TTL; a later run brings its own, for the whole set
    /// (RFC 2181 §5.2 wants one TTL, and BIND chooses so).
    /// </summary>
    private void Add(in MasterFileRecord record)
    {
        RecordType covered = record.Type == RecordType.Rrsig && record.Rdata.Length >= sizeof(ushort)
            ? new RecordType(BinaryPrimitives.ReadUInt16BigEndian(record.Rdata))
            : default;
        uint ttl = record.Ttl;
        bool isInRun = false;
        foreach (RunSet set in _run)
        {
            if (set.Type != record.Type || set.Covered != covered)
                continue;
            isInRun = true;
            if (set.Ttl != ttl)
                Report(false, record, $"TTL set to prior TTL ({set.Ttl})");
            ttl = set.Ttl;
        }

        AddResult result = builder.Add(record.Owner, record.Type, ttl, record.Rdata);
        if (!isInRun)
        {
            _run.Add(new RunSet(record.Type, covered, ttl));
            if (result is AddResult.TtlAdjusted or AddResult.Duplicate)
                builder.SetTtl(record.Owner, record.Type, ttl, covered);
        }

        if (!result.IsAccepted())
            Explain(result, record);
    }

    private void Explain(AddResult result, in MasterFileRecord record)
    {
        string words = result switch
        {
            AddResult.CnameConflict => "CNAME and other data",
            AddResult.SingletonConflict or AddResult.DnameConflict => "multiple RRs of singleton type",
            _ => $"{record.Type} record refused: {result}",
        };
        Report(true, record, $"{Text(record.Owner)}: {words}");
    }

    private void Report(bool isError, in MasterFileRecord record, string message) =>
        Problem(new MasterFileProblem(isError, record.File, record.Line, message));

    private static string Text(ReadOnlySpan<byte> name) => NameText.ToText(name, keepFinalDot: false);

    private readonly record struct RunSet(RecordType Type, RecordType Covered, uint Ttl);
}
