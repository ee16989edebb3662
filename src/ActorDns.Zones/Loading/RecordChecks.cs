using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Loading;

/// <summary>Checks that need one record only: host names where hosts are meant (RFC 952, RFC 1123 §2.1), wildcards out of place.</summary>
public static class RecordChecks
{
    /// <summary>Checks a record. False with what is wrong and whether it refuses the zone.</summary>
    public static bool Run(
        ReadOnlySpan<byte> owner,
        RecordType type,
        ReadOnlySpan<byte> rdata,
        ZoneCheckOptions options,
        out string? problem,
        out bool isError)
    {
        problem = null;
        isError = options.Names == CheckLevel.Fail;
        if (options.Names != CheckLevel.Ignore && !HasHostNames(owner, type, rdata))
        {
            problem = "bad owner name or target (check-names)";
            return false;
        }

        isError = false;
        if (type == RecordType.Ns && WireName.IsWildcard(owner))
        {
            problem = "NS at a wildcard has no defined meaning (RFC 4592 §4.2)";
            return false;
        }

        return true;
    }

    private static bool HasHostNames(ReadOnlySpan<byte> owner, RecordType type, ReadOnlySpan<byte> rdata) => type.Value switch
    {
        1 or 28 => IsHost(owner, mayBeWildcard: true), // A AAAA
        15 => IsHost(owner, mayBeWildcard: true) && IsHost(rdata[2..], mayBeWildcard: false), // MX
        2 => IsHost(rdata, mayBeWildcard: false), // NS
        6 => IsHost(rdata, mayBeWildcard: false), // SOA: MNAME
        33 => IsHost(rdata[6..], mayBeWildcard: false), // SRV
        _ => true,
    };

    /// <summary>Letters, digits and inner hyphens in every label; the root is a host for NS, MX and SRV that say "none".</summary>
    private static bool IsHost(ReadOnlySpan<byte> name, bool mayBeWildcard)
    {
        int at = 0;
        if (mayBeWildcard && WireName.IsWildcard(name))
            at = 2;
        while (at < name.Length && name[at] != 0)
        {
            int end = at + 1 + name[at];
            for (int i = at + 1; i < end; i++)
            {
                byte octet = WireName.Fold(name[i]);
                bool isBorder = i == at + 1 || i == end - 1;
                if (!(char.IsAsciiLetterLower((char)octet) || char.IsAsciiDigit((char)octet) || (octet == (byte)'-' && !isBorder)))
                    return false;
            }

            at = end;
        }

        return true;
    }
}
