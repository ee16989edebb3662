using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>The table of record formats. A type that is not in it has the generic format (RFC 3597 §3).</summary>
public static class RecordFormats
{
    private static readonly RecordFormat[] Known =
    [
        A.Format,
        Ns.Format,
        Md.Format,
        Mf.Format,
        Cname.Format,
        Soa.Format,
        Mb.Format,
        Mg.Format,
        Mr.Format,
        Null.Format,
        Wks.Format,
        Ptr.Format,
        Hinfo.Format,
        Minfo.Format,
        Mx.Format,
        Txt.Format,
        Rp.Format,
        Afsdb.Format,
        X25.Format,
        Isdn.Format,
        Rt.Format,
        Nsap.Format,
        NsapPtr.Format,
        Sig.Format,
        Key.Format,
        Px.Format,
        Gpos.Format,
        Aaaa.Format,
        Loc.Format,
        Nxt.Format,
        Srv.Format,
        Naptr.Format,
        Kx.Format,
        Cert.Format,
        A6.Format,
        Dname.Format,
        Apl.Format,
        Ds.Format,
        Sshfp.Format,
        Ipseckey.Format,
        Rrsig.Format,
        Nsec.Format,
        Dnskey.Format,
        Dhcid.Format,
        Nsec3.Format,
        Nsec3Param.Format,
        Tlsa.Format,
        Smimea.Format,
        Hip.Format,
        Cds.Format,
        Cdnskey.Format,
        OpenPgpKey.Format,
        Csync.Format,
        Zonemd.Format,
        Svcb.Format,
        Https.Format,
        Spf.Format,
        Nid.Format,
        L32.Format,
        L64.Format,
        Lp.Format,
        Eui48.Format,
        Eui64.Format,
        Uri.Format,
        Caa.Format,
    ];

    /// <summary>The format of every type without one of its own: any octets, text <c>\# length hex</c> (RFC 3597 §5).</summary>
    public static RecordFormat Generic { get; } = new(default, [new OpaqueField()]);

    private static readonly RecordFormat[] ByNumber = MakeTable();

    /// <summary>The types that have a format of their own, by number.</summary>
    public static IReadOnlyList<RecordFormat> All => Known;

    /// <summary>Finds the format of a type.</summary>
    public static RecordFormat Of(RecordType type) =>
        (uint)type.Value < (uint)ByNumber.Length ? ByNumber[type.Value] : Generic;

    private static RecordFormat[] MakeTable()
    {
        RecordFormat[] table = new RecordFormat[Known[^1].Type.Value + 1];
        Array.Fill(table, Generic);
        foreach (RecordFormat format in Known)
            table[format.Type.Value] = format;
        return table;
    }
}
