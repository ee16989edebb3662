using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Loading;

/// <summary>Checks that need the whole zone: what names point to (<c>check-integrity</c> and its relatives).</summary>
public static class ZoneChecks
{
    /// <summary>Checks a zone that was just built and adds what is found. False when the zone is to be refused.</summary>
    public static bool Run(ZoneSnapshot zone, string path, ZoneCheckOptions options, List<MasterFileProblem> problems)
    {
        bool isGood = true;
        if (!options.Integrity)
            return true;
        foreach (NameView name in zone.Names.Walk())
        {
            foreach (RecordSetView set in name)
            {
                int nameAt = set.Type.Value switch { 2 => 0, 15 => 2, 33 => 6, _ => -1 };
                if (nameAt < 0)
                    continue;
                foreach (ReadOnlySpan<byte> rdata in set)
                    isGood &= CheckTarget(zone, name, set.Type, rdata[nameAt..], path, options, problems);
            }
        }

        return isGood;
    }

    [SkipLocalsInit]
    private static bool CheckTarget(
        ZoneSnapshot zone,
        NameView owner,
        RecordType type,
        ReadOnlySpan<byte> target,
        string path,
        ZoneCheckOptions options,
        List<MasterFileProblem> problems)
    {
        if (target.Length == 1 || !WireName.IsAtOrBelow(target, zone.Origin.Wire))
            return true;
        Unsafe.SkipInit(out TreeSearch search);
        zone.Names.Search(target, ref search);
        NameView host = search.Exact;
        bool isBelowCut = false;
        for (int i = 0; i < search.AncestorCount; i++)
            isBelowCut |= (search.AncestorTraits(i) & (NameTraits.Delegation | NameTraits.Dname)) != 0;

        bool isDelegation = type == RecordType.Ns && (owner.Traits & NameTraits.Delegation) != 0;
        if (isBelowCut && !isDelegation)
            return true;
        if (host.IsNull && zone.HasWildcards && !isBelowCut)
            return true; // A wildcard may give it an address.
        if (!host.IsNull && host.TryFind(RecordType.Cname, out _))
        {
            CheckLevel level = type == RecordType.Mx ? options.MxCname
                : type == RecordType.Srv ? options.SrvCname
                : CheckLevel.Fail;
            return Report(level, zone, owner, type, target, "is a CNAME (illegal)", path, problems);
        }

        if (!host.IsNull && (host.TryFind(RecordType.A, out _) || host.TryFind(RecordType.Aaaa, out _)))
            return true;
        if (isDelegation && !WireName.IsAtOrBelow(target, owner.Owner) && isBelowCut && !options.Sibling)
            return true;
        string words = isDelegation && isBelowCut ? "has no address records (A or AAAA): glue is missing" : "has no address records (A or AAAA)";
        return Report(CheckLevel.Fail, zone, owner, type, target, words, path, problems);
    }

    private static bool Report(
        CheckLevel level,
        ZoneSnapshot zone,
        NameView owner,
        RecordType type,
        ReadOnlySpan<byte> target,
        string words,
        string path,
        List<MasterFileProblem> problems)
    {
        if (level == CheckLevel.Ignore)
            return true;
        bool isError = level == CheckLevel.Fail;
        string message = $"zone {zone.Origin.ToLogString()}/IN: {NameText.ToText(owner.Owner, keepFinalDot: false)}/{type}"
            + $" '{NameText.ToText(target, keepFinalDot: false)}' {words}";
        if (problems.Count < ZoneLoader.MaxProblems)
            problems.Add(new MasterFileProblem(isError, path, 1, message));
        return !isError;
    }
}
