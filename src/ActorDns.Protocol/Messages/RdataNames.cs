using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>
/// Where RDATA holds names that a sender may compress: only in the types of RFC 1035 §3.3 (RFC 3597 §4).
/// </summary>
public static class RdataNames
{
    /// <summary>
    /// Tells how many octets come before the first such name and how many names follow each other there; what comes after them is
    /// copied as it is. False for types whose RDATA goes out unchanged.
    /// </summary>
    public static bool AreCompressible(RecordType type, out int octetsBefore, out int names)
    {
        octetsBefore = 0;
        names = 1;
        switch (type.Value)
        {
            case 2 or 3 or 4 or 5 or 7 or 8 or 9 or 12: // NS MD MF CNAME MB MG MR PTR
                return true;
            case 6 or 14: // SOA MINFO
                names = 2;
                return true;
            case 15: // MX
                octetsBefore = 2;
                return true;
            default:
                names = 0;
                return false;
        }
    }
}
