using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Loading;

/// <summary>
/// Where host names (RFC 952, RFC 1123 §2.1) and mailboxes (RFC 1035 §3.3.13) are meant, and which names are such; the rules of BIND's
/// <c>check-names</c>.
/// </summary>
public static class HostNames
{
    private static ReadOnlySpan<byte> ActiveDirectoryCatalog => "\u0002gc\u0006_msdcs"u8;

    private static ReadOnlySpan<byte> ServiceDiscovery => "\u0007_dns-sd\u0004_udp"u8;

    /// <summary>True when records of this type may stand at this owner.</summary>
    public static bool IsGoodOwner(RecordType type, ReadOnlySpan<byte> owner)
    {
        switch (type.Value)
        {
            case 1 or 28:
                bool isCatalog = owner.Length > ActiveDirectoryCatalog.Length + 1
                    && WireName.Equal(owner[..ActiveDirectoryCatalog.Length], ActiveDirectoryCatalog);
                return IsHost(isCatalog ? owner[ActiveDirectoryCatalog.Length..] : owner, mayBeWildcard: true);
            case 11 or 15 or 38:
                return IsHost(owner, mayBeWildcard: true);
            case 50:
                return IsHashedLabel(owner);
            default:
                return true;
        }
    }

    /// <summary>Finds a name in RDATA that should be a host or a mailbox and is none.</summary>
    public static bool TryFindBadTarget(
        RecordType type, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> rdata, out ReadOnlySpan<byte> bad)
    {
        int nameAt = type.Value switch
        {
            2 or 6 => 0, // NS, SOA: the primary server.
            12 when IsReverse(owner) => 0, // PTR.
            15 or 18 or 21 or 64 or 65 => 2, // MX, AFSDB, RT, SVCB, HTTPS.
            33 => 6, // SRV.
            _ => -1,
        };
        bad = default;
        if (nameAt >= 0 && rdata.Length > nameAt)
        {
            ReadOnlySpan<byte> host = FirstName(rdata[nameAt..]);
            if (!IsHost(host, mayBeWildcard: false))
            {
                bad = host;
                return true;
            }
        }

        if (type.Value is not (6 or 14 or 17))
            return false;
        ReadOnlySpan<byte> first = FirstName(rdata);
        if (type != RecordType.Soa && IsBadMailbox(first, out bad))
            return true;
        return type != RecordType.Rp && IsBadMailbox(FirstName(rdata[first.Length..]), out bad);
    }

    /// <summary>Letters, digits and inner hyphens in every label; the root is a host, it stands for "none".</summary>
    public static bool IsHost(ReadOnlySpan<byte> name, bool mayBeWildcard)
    {
        int at = mayBeWildcard && WireName.IsWildcard(name) ? 2 : 0;
        while (at < name.Length && name[at] != 0)
        {
            int end = at + 1 + name[at];
            for (int i = at + 1; i < end; i++)
            {
                char c = (char)name[i];
                bool isBorder = i == at + 1 || i == end - 1;
                if (!char.IsAsciiLetterOrDigit(c) && (c != '-' || isBorder))
                    return false;
            }

            at = end;
        }

        return true;
    }

    /// <summary>One label of printable characters and a host; the root stands for "none".</summary>
    public static bool IsMailbox(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
            return true;
        foreach (byte octet in name.Slice(1, name[0]))
        {
            if (octet is <= 0x20 or >= 0x7F)
                return false;
        }

        return IsHost(WireName.Parent(name), mayBeWildcard: false);
    }

    /// <summary>True when a label after the first is the single octet <c>*</c> (RFC 4592 §2.1.3).</summary>
    public static bool HasInnerWildcard(ReadOnlySpan<byte> name)
    {
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            if (at > 0 && name[at] == 1 && name[at + 1] == (byte)'*')
                return true;
        }

        return false;
    }

    private static bool IsBadMailbox(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> bad)
    {
        bad = name;
        return !IsMailbox(name);
    }

    private static ReadOnlySpan<byte> FirstName(ReadOnlySpan<byte> rdata) => rdata[..WireName.LengthOf(rdata)];

    /// <summary>The first label of NSEC3 is a hash in base32hex (RFC 5155 §3).</summary>
    private static bool IsHashedLabel(ReadOnlySpan<byte> owner)
    {
        const int digitsOfSha1 = 32;
        if (owner[0] != digitsOfSha1)
            return false;
        foreach (byte octet in owner.Slice(1, digitsOfSha1))
        {
            if (!char.IsAsciiDigit((char)octet) && WireName.Fold(octet) is not (>= (byte)'a' and <= (byte)'v'))
                return false;
        }

        return true;
    }

    /// <summary>True below in-addr.arpa and ip6.arpa but for names of service discovery (RFC 6763 §11).</summary>
    private static bool IsReverse(ReadOnlySpan<byte> owner)
    {
        if (!WireName.IsAtOrBelow(owner, "\u0007in-addr\u0004arpa\0"u8)
            && !WireName.IsAtOrBelow(owner, "\u0003ip6\u0004arpa\0"u8)
            && !WireName.IsAtOrBelow(owner, "\u0003ip6\u0003int\0"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = WireName.Parent(owner);
        bool isBrowsing = owner[0] is 1 or 2
            && owner.Slice(1, owner[0]) is [(byte)'b' or (byte)'r'] or [(byte)'d', (byte)'b' or (byte)'r'] or [(byte)'l', (byte)'b'];
        return !isBrowsing
            || rest.Length <= ServiceDiscovery.Length
            || !WireName.Equal(rest[..ServiceDiscovery.Length], ServiceDiscovery);
    }
}
