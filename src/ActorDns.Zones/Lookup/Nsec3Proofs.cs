using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>Finds NSEC3 records by the hashes of names (RFC 5155 §5, §7.2).</summary>
internal static class Nsec3Proofs
{
    /// <summary>
    /// Adds the NSEC3 that matches the name. Under opt-out an insecure delegation has none; then the closest provable encloser and
    /// the span over the next closer name take its place (RFC 5155 §7.2.4, §7.2.7).
    /// </summary>
    public static void NoData(ZoneSnapshot zone, ReadOnlySpan<byte> name, AnswerPlan plan)
    {
        if (TryMatch(zone, name, plan))
            return;
        ReadOnlySpan<byte> closer = name;
        while (closer.Length > zone.Origin.Wire.Length)
        {
            ReadOnlySpan<byte> encloser = WireName.Parent(closer);
            if (TryMatch(zone, encloser, plan))
            {
                TryCover(zone, closer, plan);
                return;
            }

            closer = encloser;
        }
    }

    /// <summary>
    /// Adds the closest encloser proof: a match for the encloser and a cover for the next closer name (RFC 5155 §7.2.1). False when the
    /// latter cannot be covered.
    /// </summary>
    /// <param name="zone">The zone.</param>
    /// <param name="encloser">The closest encloser; afterwards the one that is proven.</param>
    /// <param name="asked">The name asked for.</param>
    /// <param name="plan">Where the proof goes.</param>
    public static bool TryClosestEncloser(
        ZoneSnapshot zone, ref ReadOnlySpan<byte> encloser, ReadOnlySpan<byte> asked, AnswerPlan plan)
    {
        // Under opt-out the encloser that exists may have no NSEC3; the closest provable one stands above it.
        while (!TryMatch(zone, encloser, plan) && encloser.Length > zone.Origin.Wire.Length)
            encloser = WireName.Parent(encloser);
        return TryCoverNextCloser(zone, encloser, asked, plan);
    }

    /// <summary>
    /// Adds the NSEC3 that covers the name one label longer than the encloser on the way to the name asked for. False when its hash
    /// is that of a name that exists.
    /// </summary>
    public static bool TryCoverNextCloser(
        ZoneSnapshot zone, ReadOnlySpan<byte> encloser, ReadOnlySpan<byte> asked, AnswerPlan plan)
    {
        ReadOnlySpan<byte> closer = asked;
        while (WireName.Parent(closer).Length > encloser.Length)
            closer = WireName.Parent(closer);
        return TryCover(zone, closer, plan);
    }

    /// <summary>
    /// Adds the NSEC3 that covers the wildcard below the encloser. False when its hash is that of a name that exists.
    /// </summary>
    public static bool TryCoverWildcard(ZoneSnapshot zone, ReadOnlySpan<byte> encloser, AnswerPlan plan)
    {
        Span<byte> wildcard = stackalloc byte[WireName.MaxBytes + 2];
        wildcard[0] = 1;
        wildcard[1] = (byte)'*';
        encloser.CopyTo(wildcard[2..]);
        return encloser.Length + 2 > WireName.MaxBytes || TryCover(zone, wildcard[..(encloser.Length + 2)], plan);
    }

    /// <summary>Adds the NSEC3 of a name that exists.</summary>
    public static void Match(ZoneSnapshot zone, ReadOnlySpan<byte> name, AnswerPlan plan) => TryMatch(zone, name, plan);

    private static bool TryMatch(ZoneSnapshot zone, ReadOnlySpan<byte> name, AnswerPlan plan)
    {
        Span<byte> hashed = stackalloc byte[WireName.MaxBytes];
        int length = Nsec3Hash.OwnerName(zone, name, hashed);
        if (length == 0
            || !zone.Nsec3Names.TryFind(hashed[..length], out NameView owner)
            || !TryFindSet(zone, owner, out RecordSetView set))
        {
            return false;
        }

        DenialProofs.Add(owner, set, plan);
        return true;
    }

    /// <summary>
    /// Adds the NSEC3 that covers the hash of a name. False when an NSEC3 matches it although the name is absent: a collision of hashes,
    /// and nothing proves that the name does not exist (RFC 5155 §7.2.9).
    /// </summary>
    private static bool TryCover(ZoneSnapshot zone, ReadOnlySpan<byte> name, AnswerPlan plan)
    {
        Span<byte> hashed = stackalloc byte[WireName.MaxBytes];
        int length = Nsec3Hash.OwnerName(zone, name, hashed);
        if (length == 0)
            return true;
        if (zone.Nsec3Names.TryFind(hashed[..length], out NameView owner)
            && TryFindSet(zone, owner, out _)
            && !zone.Names.TryFind(name, out _))
        {
            return false;
        }

        // Before the first hash in order comes the last: the chain is a ring (RFC 5155 §3.1.7).
        if (!TryAddLast(zone, zone.Nsec3Names.Before(hashed[..length]), plan))
            TryAddLast(zone, zone.Nsec3Names.Last, plan);
        return true;
    }

    /// <summary>Adds the NSEC3 at a hashed name or at the nearest one before it that belongs to the chain.</summary>
    private static bool TryAddLast(ZoneSnapshot zone, NameView owner, AnswerPlan plan)
    {
        while (!owner.IsNull)
        {
            if (TryFindSet(zone, owner, out RecordSetView set))
            {
                DenialProofs.Add(owner, set, plan);
                return true;
            }

            owner = zone.Nsec3Names.Before(owner.Owner);
        }

        return false;
    }

    /// <summary>
    /// The NSEC3 at a hashed name, if it is of the chain that the zone's NSEC3PARAM names. While parameters change a zone has two chains,
    /// and only one of them orders the hashes that are asked for here (RFC 5155 §7.3).
    /// </summary>
    private static bool TryFindSet(ZoneSnapshot zone, NameView owner, out RecordSetView set)
    {
        if (!owner.TryFind(RecordType.Nsec3, out set))
            return false;
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (zone.Nsec3Parameters.AreThoseOf(rdata))
                return true;
        }

        return false;
    }
}
