using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Loading;

/// <summary>
/// Checks that need the whole zone: what names point to (<c>check-integrity</c> and its relatives), doubled records, and data that no
/// query can reach. Which findings refuse the zone, and their words, are BIND's.
/// </summary>
internal sealed class ZoneChecks(ZoneSnapshot zone, ZoneCheckOptions options)
{
    private readonly List<MasterFileProblem> _problems = [];
    private bool _isRefused;
    private int _errors;
    private int _warnings;

    /// <summary>Checks a zone that was just built; an error among what is found refuses it.</summary>
    public IReadOnlyList<MasterFileProblem> Run()
    {
        CheckServers();
        if (_isRefused)
            return _problems;
        CheckHashAlgorithms();
        CheckNames();
        if (!IsChildConsistent(RecordType.Cds, algorithmAt: 2, [0, 0, 0, 0, 0])
            || !IsChildConsistent(RecordType.Cdnskey, algorithmAt: 3, [0, 0, 3, 0, 0]))
        {
            Report(options.IsPrimary, "CDS/CDNSKEY consistency checks failed");
        }

        return _problems;
    }

    /// <summary>The name servers of the zone itself. In a primary one without address is the end.</summary>
    private void CheckServers()
    {
        if (!zone.Apex.TryFind(RecordType.Ns, out RecordSetView servers))
            return;
        foreach (ReadOnlySpan<byte> target in servers)
        {
            string? words = TargetLookup.Find(zone, target, out NameView barrier) switch
            {
                TargetState.Missing => "has no address records (A or AAAA)",
                TargetState.Cname => "is a CNAME (illegal)",
                TargetState.BelowDname => $"is below a DNAME '{Text(barrier.Owner)}' (illegal)",
                _ => null,
            };
            if (words is not null)
                Report(options.IsPrimary, $"NS '{Text(target)}' {words}");
        }
    }

    /// <summary>NSEC3 chains that nobody here can follow; that there is another one was checked before (RFC 5155 §7.4).</summary>
    private void CheckHashAlgorithms()
    {
        if (!zone.Apex.TryFind(RecordType.Nsec3Param, out RecordSetView set))
            return;
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (rdata[0] != Nsec3Parameters.Sha1)
                Report(false, $"unsupported nsec3 hash algorithm: {rdata[0]}");
        }
    }

    /// <summary>
    /// CDS and CDNSKEY speak of algorithms that a DNSKEY has (RFC 7344 §4.1); the request to delete the DS stands alone (RFC 8078 §4).
    /// </summary>
    private bool IsChildConsistent(RecordType type, int algorithmAt, ReadOnlySpan<byte> deletion)
    {
        const int keyAlgorithmAt = 3;
        if (!zone.Apex.TryFind(type, out RecordSetView set) || (set.Count == 1 && set.First.SequenceEqual(deletion)))
            return true;
        Span<bool> algorithms = stackalloc bool[256];
        algorithms.Clear();
        if (zone.Apex.TryFind(RecordType.Dnskey, out RecordSetView keys))
        {
            foreach (ReadOnlySpan<byte> key in keys)
                algorithms[key[keyAlgorithmAt]] = true;
        }

        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (rdata.SequenceEqual(deletion) || !algorithms[rdata[algorithmAt]])
                return false;
        }

        return true;
    }

    private void CheckNames()
    {
        byte[] bottom = [];
        bool isUnreached = false;
        foreach (NameView name in zone.Names.Walk())
        {
            ReadOnlySpan<byte> owner = name.Owner;
            if (bottom.Length > 0 && WireName.IsAtOrBelow(owner, bottom))
            {
                if (isUnreached)
                    Report(false, $"'{Text(owner)}' is below DNAME '{Text(bottom)}' and is never answered (RFC 6672 §2.4)");
                isUnreached = false;
                continue;
            }

            isUnreached = false;
            if ((name.Traits & NameTraits.Delegation) != 0)
            {
                bottom = owner.ToArray();
                if (options.Integrity)
                    CheckDelegation(name);
                continue;
            }

            if ((name.Traits & NameTraits.Dname) != 0)
            {
                bottom = owner.ToArray();
                isUnreached = true;
            }

            CheckName(name);
        }
    }

    private void CheckName(NameView name)
    {
        bool isSpf = false;
        bool hasSpfText = false;
        foreach (RecordSetView set in name)
        {
            switch (set.Type.Value)
            {
                case 15 when options.Integrity:
                    foreach (ReadOnlySpan<byte> rdata in set)
                        CheckService(name, "MX", rdata[2..], options.Mx, options.MxCname);
                    break;
                case 33 when options.Integrity:
                    foreach (ReadOnlySpan<byte> rdata in set)
                        CheckService(name, "SRV", rdata[6..], CheckLevel.Warn, options.SrvCname);
                    break;
                case 16 when options.Integrity:
                    hasSpfText = HasSpf(set);
                    break;
                case 99 when options.Integrity:
                    isSpf |= options.Spf != CheckLevel.Ignore && HasSpf(set);
                    break;
                case 43:
                    if ((name.Traits & NameTraits.Apex) == 0)
                        Report(false, $"'{Text(name.Owner)}' has DS records but no NS records (RFC 4034 §5)");
                    break;
                default:
                    if (options.DuplicateRecords != CheckLevel.Ignore && set.Count > 1)
                        CheckDuplicates(name, set);
                    break;
            }
        }

        if (isSpf && !hasSpfText)
        {
            Report(
                options.Spf == CheckLevel.Fail,
                $"'{Text(name.Owner)}' found type SPF record but no SPF TXT record found, add matching type TXT record");
        }
    }

    private void CheckDelegation(NameView cut)
    {
        cut.TryFind(RecordType.Ns, out RecordSetView servers);
        foreach (ReadOnlySpan<byte> target in servers)
        {
            TargetState state = TargetLookup.Find(zone, target, out NameView barrier);
            bool isRequired = WireName.IsAtOrBelow(target, cut.Owner);
            string? words = state switch
            {
                TargetState.Delegated when isRequired => "has no REQUIRED GLUE address records (A or AAAA)",
                TargetState.Delegated when options.Sibling => "has no SIBLING GLUE address records (A or AAAA)",
                TargetState.Missing => "has no address records (A or AAAA)",
                TargetState.Cname => "is a CNAME (illegal)",
                TargetState.BelowDname => $"is below a DNAME '{Text(barrier.Owner)}' (illegal)",
                _ => null,
            };
            if (words is not null)
                Report(false, $"{Text(cut.Owner)}/NS '{Text(target)}' {words}");
        }
    }

    private void CheckService(NameView owner, string type, ReadOnlySpan<byte> target, CheckLevel missing, CheckLevel alias)
    {
        if (target.Length == 1)
            return;
        TargetState state = TargetLookup.Find(zone, target, out NameView barrier);
        (CheckLevel level, string words) = state switch
        {
            TargetState.Missing => (missing == CheckLevel.Fail ? missing : CheckLevel.Warn, "has no address records (A or AAAA)"),
            TargetState.Cname => (alias, "is a CNAME (illegal)"),
            TargetState.BelowDname => (alias, $"is below a DNAME '{Text(barrier.Owner)}' (illegal)"),
            _ => (CheckLevel.Ignore, ""),
        };
        if (level != CheckLevel.Ignore)
            Report(level == CheckLevel.Fail, $"{Text(owner.Owner)}/{type} '{Text(target)}' {words}");
    }

    /// <summary>
    /// Records that are the same but for the case of a name in a type whose names keep it (RFC 4034 §6.2). Of a few types only can there be
    /// such; the rest of the octets is compared too.
    /// </summary>
    private void CheckDuplicates(NameView name, RecordSetView set)
    {
        int nameAt = set.Type.Value switch { 47 => 0, 55 => HostIdentityServersAt(set.First), 107 => 2, _ => -1 };
        if (nameAt < 0)
            return;
        List<byte[]> folded = [];
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            byte[] octets = rdata.ToArray();
            WireName.CopyFolded(rdata[nameAt..], octets.AsSpan(nameAt));
            if (folded.Exists(other => other.AsSpan().SequenceEqual(octets)))
            {
                Report(
                    options.DuplicateRecords == CheckLevel.Fail,
                    $"{Text(name.Owner)}/{set.Type} has semantically identical records");
                return;
            }

            folded.Add(octets);
        }
    }

    /// <summary>Rendezvous servers come after tag and key, whose lengths stand in octet 0 and octets 2 and 3 (RFC 8005 §5).</summary>
    private static int HostIdentityServersAt(ReadOnlySpan<byte> rdata) => 4 + rdata[0] + ((rdata[2] << 8) | rdata[3]);

    private static bool HasSpf(RecordSetView set)
    {
        ReadOnlySpan<byte> version = "v=spf1"u8;
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            ReadOnlySpan<byte> text = rdata.Slice(1, rdata[0]);
            if (text.StartsWith(version) && (text.Length == version.Length || text[version.Length] == (byte)' '))
                return true;
        }

        return false;
    }

    private void Report(bool isError, string message)
    {
        _isRefused |= isError;
        ref int count = ref isError ? ref _errors : ref _warnings;
        if (count++ < ZoneLoader.MaxProblems / 2)
            _problems.Add(MasterFileProblem.OfZone(isError, message));
    }

    private static string Text(ReadOnlySpan<byte> name) => NameText.ToText(name, keepFinalDot: false);
}
