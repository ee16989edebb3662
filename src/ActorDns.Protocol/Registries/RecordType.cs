using System.Collections.Frozen;
using System.Globalization;

namespace ActorDns.Protocol.Registries;

/// <summary>TYPE of a record or QTYPE of a question (RFC 1035 §3.2.2). An open number: any value is a type (RFC 3597).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct RecordType(ushort Value)
{
    /// <summary>A, number 1.</summary>
    public static readonly RecordType A = new(1);

    /// <summary>NS, number 2.</summary>
    public static readonly RecordType Ns = new(2);

    /// <summary>MD, number 3.</summary>
    public static readonly RecordType Md = new(3);

    /// <summary>MF, number 4.</summary>
    public static readonly RecordType Mf = new(4);

    /// <summary>CNAME, number 5.</summary>
    public static readonly RecordType Cname = new(5);

    /// <summary>SOA, number 6.</summary>
    public static readonly RecordType Soa = new(6);

    /// <summary>MB, number 7.</summary>
    public static readonly RecordType Mb = new(7);

    /// <summary>MG, number 8.</summary>
    public static readonly RecordType Mg = new(8);

    /// <summary>MR, number 9.</summary>
    public static readonly RecordType Mr = new(9);

    /// <summary>NULL, number 10.</summary>
    public static readonly RecordType Null = new(10);

    /// <summary>WKS, number 11.</summary>
    public static readonly RecordType Wks = new(11);

    /// <summary>PTR, number 12.</summary>
    public static readonly RecordType Ptr = new(12);

    /// <summary>HINFO, number 13.</summary>
    public static readonly RecordType Hinfo = new(13);

    /// <summary>MINFO, number 14.</summary>
    public static readonly RecordType Minfo = new(14);

    /// <summary>MX, number 15.</summary>
    public static readonly RecordType Mx = new(15);

    /// <summary>TXT, number 16.</summary>
    public static readonly RecordType Txt = new(16);

    /// <summary>RP, number 17.</summary>
    public static readonly RecordType Rp = new(17);

    /// <summary>AFSDB, number 18.</summary>
    public static readonly RecordType Afsdb = new(18);

    /// <summary>X25, number 19.</summary>
    public static readonly RecordType X25 = new(19);

    /// <summary>ISDN, number 20.</summary>
    public static readonly RecordType Isdn = new(20);

    /// <summary>RT, number 21.</summary>
    public static readonly RecordType Rt = new(21);

    /// <summary>NSAP, number 22.</summary>
    public static readonly RecordType Nsap = new(22);

    /// <summary>NSAP-PTR, number 23.</summary>
    public static readonly RecordType NsapPtr = new(23);

    /// <summary>SIG, number 24.</summary>
    public static readonly RecordType Sig = new(24);

    /// <summary>KEY, number 25.</summary>
    public static readonly RecordType Key = new(25);

    /// <summary>PX, number 26.</summary>
    public static readonly RecordType Px = new(26);

    /// <summary>GPOS, number 27.</summary>
    public static readonly RecordType Gpos = new(27);

    /// <summary>AAAA, number 28.</summary>
    public static readonly RecordType Aaaa = new(28);

    /// <summary>LOC, number 29.</summary>
    public static readonly RecordType Loc = new(29);

    /// <summary>NXT, number 30.</summary>
    public static readonly RecordType Nxt = new(30);

    /// <summary>SRV, number 33.</summary>
    public static readonly RecordType Srv = new(33);

    /// <summary>NAPTR, number 35.</summary>
    public static readonly RecordType Naptr = new(35);

    /// <summary>KX, number 36.</summary>
    public static readonly RecordType Kx = new(36);

    /// <summary>CERT, number 37.</summary>
    public static readonly RecordType Cert = new(37);

    /// <summary>A6, number 38.</summary>
    public static readonly RecordType A6 = new(38);

    /// <summary>DNAME, number 39.</summary>
    public static readonly RecordType Dname = new(39);

    /// <summary>OPT, number 41.</summary>
    public static readonly RecordType Opt = new(41);

    /// <summary>APL, number 42.</summary>
    public static readonly RecordType Apl = new(42);

    /// <summary>DS, number 43.</summary>
    public static readonly RecordType Ds = new(43);

    /// <summary>SSHFP, number 44.</summary>
    public static readonly RecordType Sshfp = new(44);

    /// <summary>IPSECKEY, number 45.</summary>
    public static readonly RecordType Ipseckey = new(45);

    /// <summary>RRSIG, number 46.</summary>
    public static readonly RecordType Rrsig = new(46);

    /// <summary>NSEC, number 47.</summary>
    public static readonly RecordType Nsec = new(47);

    /// <summary>DNSKEY, number 48.</summary>
    public static readonly RecordType Dnskey = new(48);

    /// <summary>DHCID, number 49.</summary>
    public static readonly RecordType Dhcid = new(49);

    /// <summary>NSEC3, number 50.</summary>
    public static readonly RecordType Nsec3 = new(50);

    /// <summary>NSEC3PARAM, number 51.</summary>
    public static readonly RecordType Nsec3Param = new(51);

    /// <summary>TLSA, number 52.</summary>
    public static readonly RecordType Tlsa = new(52);

    /// <summary>SMIMEA, number 53.</summary>
    public static readonly RecordType Smimea = new(53);

    /// <summary>HIP, number 55.</summary>
    public static readonly RecordType Hip = new(55);

    /// <summary>CDS, number 59.</summary>
    public static readonly RecordType Cds = new(59);

    /// <summary>CDNSKEY, number 60.</summary>
    public static readonly RecordType Cdnskey = new(60);

    /// <summary>OPENPGPKEY, number 61.</summary>
    public static readonly RecordType OpenPgpKey = new(61);

    /// <summary>CSYNC, number 62.</summary>
    public static readonly RecordType Csync = new(62);

    /// <summary>ZONEMD, number 63.</summary>
    public static readonly RecordType Zonemd = new(63);

    /// <summary>SVCB, number 64.</summary>
    public static readonly RecordType Svcb = new(64);

    /// <summary>HTTPS, number 65.</summary>
    public static readonly RecordType Https = new(65);

    /// <summary>SPF, number 99.</summary>
    public static readonly RecordType Spf = new(99);

    /// <summary>NID, number 104.</summary>
    public static readonly RecordType Nid = new(104);

    /// <summary>L32, number 105.</summary>
    public static readonly RecordType L32 = new(105);

    /// <summary>L64, number 106.</summary>
    public static readonly RecordType L64 = new(106);

    /// <summary>LP, number 107.</summary>
    public static readonly RecordType Lp = new(107);

    /// <summary>EUI48, number 108.</summary>
    public static readonly RecordType Eui48 = new(108);

    /// <summary>EUI64, number 109.</summary>
    public static readonly RecordType Eui64 = new(109);

    /// <summary>TKEY, number 249.</summary>
    public static readonly RecordType Tkey = new(249);

    /// <summary>TSIG, number 250.</summary>
    public static readonly RecordType Tsig = new(250);

    /// <summary>IXFR, number 251.</summary>
    public static readonly RecordType Ixfr = new(251);

    /// <summary>AXFR, number 252.</summary>
    public static readonly RecordType Axfr = new(252);

    /// <summary>MAILB, number 253.</summary>
    public static readonly RecordType MailB = new(253);

    /// <summary>MAILA, number 254.</summary>
    public static readonly RecordType MailA = new(254);

    /// <summary>ANY, number 255.</summary>
    public static readonly RecordType Any = new(255);

    /// <summary>URI, number 256.</summary>
    public static readonly RecordType Uri = new(256);

    /// <summary>CAA, number 257.</summary>
    public static readonly RecordType Caa = new(257);

    private static readonly FrozenDictionary<ushort, string> Mnemonics = new Dictionary<ushort, string>
    {
        [1] = "A",
        [2] = "NS",
        [3] = "MD",
        [4] = "MF",
        [5] = "CNAME",
        [6] = "SOA",
        [7] = "MB",
        [8] = "MG",
        [9] = "MR",
        [10] = "NULL",
        [11] = "WKS",
        [12] = "PTR",
        [13] = "HINFO",
        [14] = "MINFO",
        [15] = "MX",
        [16] = "TXT",
        [17] = "RP",
        [18] = "AFSDB",
        [19] = "X25",
        [20] = "ISDN",
        [21] = "RT",
        [22] = "NSAP",
        [23] = "NSAP-PTR",
        [24] = "SIG",
        [25] = "KEY",
        [26] = "PX",
        [27] = "GPOS",
        [28] = "AAAA",
        [29] = "LOC",
        [30] = "NXT",
        [33] = "SRV",
        [35] = "NAPTR",
        [36] = "KX",
        [37] = "CERT",
        [38] = "A6",
        [39] = "DNAME",
        [41] = "OPT",
        [42] = "APL",
        [43] = "DS",
        [44] = "SSHFP",
        [45] = "IPSECKEY",
        [46] = "RRSIG",
        [47] = "NSEC",
        [48] = "DNSKEY",
        [49] = "DHCID",
        [50] = "NSEC3",
        [51] = "NSEC3PARAM",
        [52] = "TLSA",
        [53] = "SMIMEA",
        [55] = "HIP",
        [59] = "CDS",
        [60] = "CDNSKEY",
        [61] = "OPENPGPKEY",
        [62] = "CSYNC",
        [63] = "ZONEMD",
        [64] = "SVCB",
        [65] = "HTTPS",
        [99] = "SPF",
        [104] = "NID",
        [105] = "L32",
        [106] = "L64",
        [107] = "LP",
        [108] = "EUI48",
        [109] = "EUI64",
        [249] = "TKEY",
        [250] = "TSIG",
        [251] = "IXFR",
        [252] = "AXFR",
        [253] = "MAILB",
        [254] = "MAILA",
        [255] = "ANY",
        [256] = "URI",
        [257] = "CAA",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ushort> Numbers =
        Mnemonics.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> NumbersBySpan =
        Numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// True for types that only a question may carry, or that live in one message only (RFC 6895 §3.1: 128 to 255, and
    /// OPT).
    /// </summary>
    public bool IsMeta => Value is (>= 128 and <= 255) or 41 or 0;

    /// <summary>Reads a mnemonic or the generic form <c>TYPEnnn</c> (RFC 3597 §5), in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecordType type)
    {
        if (NumbersBySpan.TryGetValue(text, out ushort known))
        {
            type = new RecordType(known);
            return true;
        }

        type = default;
        if (!text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
            || text.Length > "TYPE65535".Length
            || !ushort.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            return false;
        }

        type = new RecordType(number);
        return true;
    }

    /// <summary>The mnemonic, or <c>TYPEnnn</c> for a number without one.</summary>
    public override string ToString() =>
        Mnemonics.TryGetValue(Value, out string? mnemonic)
            ? mnemonic
            : string.Create(CultureInfo.InvariantCulture, $"TYPE{Value}");
}
