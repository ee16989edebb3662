using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Answers;

/// <summary>Zones with everything that makes an answer hard: unsigned, and signed with NSEC, NSEC3 and NSEC3 with opt-out.</summary>
public static class DifferentialZones
{
    public const string Plain = "plain.test";
    public const string Other = "other.test";
    public const string Nsec = "nsec.test";
    public const string Nsec3 = "nsec3.test";
    public const string OptOut = "optout.test";

    /// <summary>A zone whose parent is served too, so that both sides of a cut are ours.</summary>
    public const string Child = "child." + Nsec;

    public static readonly string[] All = [Plain, Other, Nsec, Nsec3, OptOut, Child];

    /// <summary>Owners in the zones, relative; a query takes one, or something beside or below it.</summary>
    public static readonly string[] Owners =
    [
        "@", "ns1", "ns2", "mail", "www", "alias", "chain", "out", "far", "dangling", "wild", "x.wild", "deep.x.wild", "*.wild", "wc",
        "any.wc", "ent", "b.ent", "a.b.ent", "sub", "ns.sub", "x.sub", "sub2", "below.sub2", "sub3", "x.y.sub3", "dn", "a.dn",
        "b.a.dn", "target", "a.target", "_http._tcp", "caa", "big", "upper", "a\\.b", "sp\\032ace", "\\000zero", "\\255high", "nothere",
        "zzz", "star",
        "*.star", "x.*.star", "q.star", "back", "child", "www.child", "into", "dn.child", "x.insecure", "insecure", "d.insecure", "only",
        "x.only", "many", "x.many", "pair", "x.pair", "hidden.dn", "c.dn", "t.dn", "step1", "step4", "svc", "svcalias", "mixed", "loop.dn",
        "wild.insecure", "long", LongLabel + ".long", "short.long", "x.bad", "bad",
    ];

    private const string LongLabel = "label-that-leaves-no-room-for-the-target-of-the-dname-below-it";

    private const string Content = """
        $TTL 300
        @ IN SOA ns1 hostmaster 7 3600 600 604800 60
        @ IN NS ns1
        @ IN NS ns2
        @ IN MX 10 mail
        @ IN TXT "apex"
        ns1 IN A 127.0.0.1
        ns1 IN AAAA ::1
        ns2 IN A 127.0.0.2
        mail IN A 192.0.2.25
        mail IN AAAA 2001:db8::25
        www IN A 192.0.2.80
        www IN A 192.0.2.81
        alias IN CNAME www
        chain IN CNAME alias
        out IN CNAME www.other.test.
        back IN CNAME back.other.test.
        far IN CNAME www.example.net.
        dangling IN CNAME gone
        *.wild IN TXT "wild"
        *.wild IN A 192.0.2.99
        *.wc IN CNAME www
        a.b.ent IN A 192.0.2.1
        sub IN NS ns.sub
        sub IN NS ns2
        sub IN DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        ns.sub IN A 192.0.2.53
        ns.sub IN AAAA 2001:db8::53
        sub2 IN NS ns1
        sub3 IN NS ns.example.net.
        dn IN DNAME target
        a.target IN A 192.0.2.7
        a.target IN TXT "through a DNAME"
        _http._tcp IN SRV 0 5 80 www
        caa IN CAA 0 issue "ca.example.net"
        UPPER IN A 192.0.2.8
        a\.b IN A 192.0.2.9
        sp\032ace IN TXT "a space in the name"
        \000zero IN TXT "a zero octet in the name"
        \255high IN A 192.0.2.10
        *.star IN TXT "a wildcard with a child"
        x.*.star IN A 192.0.2.11
        child IN NS ns1.child
        ns1.child IN A 127.0.0.1
        into IN CNAME www.child
        x.insecure IN NS ns1
        d.insecure IN NS ns.d.insecure
        ns.d.insecure IN A 192.0.2.54
        only IN NS mail
        pair IN NS ns.pair
        pair IN NS ns.sub
        pair IN NS www
        ns.pair IN A 192.0.2.55
        $GENERATE 1-30 many IN NS ns$.many
        $GENERATE 1-30 ns$.many IN A 192.0.2.$
        $GENERATE 1-30 ns$.many IN AAAA 2001:db8::$
        bad IN NS hidden.dn
        hidden.dn IN A 192.0.2.66
        c.target IN CNAME dn
        dn IN A 192.0.2.67
        t.target IN CNAME a.target
        loop.target IN CNAME loop.dn
        $GENERATE 1-8 step$ IN CNAME step${1}
        step9 IN A 192.0.2.68
        svc IN HTTPS 1 . alpn=h2
        svc IN A 192.0.2.69
        svcalias IN HTTPS 0 svc
        long IN DNAME {0}.{0}.{0}.target
        mixed IN MX 10 mail
        mixed IN MX 20 mail
        mixed IN MX 30 q.wild
        mixed IN MX 40 ns.sub
        mixed IN MX 50 hidden.dn
        mixed IN MX 60 www.example.net.

        """;

    /// <summary>Writes all zones, signed where their name says so, and returns the configuration that serves them.</summary>
    public static async Task<NamedConf> WriteAsync(TempFolder folder)
    {
        string big = string.Concat(Enumerable.Range(0, 40).Select(i => $"big IN TXT \"{i:000}{new string('x', 60)}\"\n"));
        string content = Content.Replace("{0}", new string('p', 50), StringComparison.Ordinal);
        foreach (string zone in All)
            folder.Write(zone, $"$ORIGIN {zone}.\n{content}{big}");
        await SignAsync(folder, Nsec);
        await SignAsync(folder, Nsec3, "-3", "-");
        await SignAsync(folder, OptOut, "-3", "aabb", "-A");
        NamedConf conf = new();
        foreach (string zone in All)
            conf.Primary(zone, zone is Nsec or Nsec3 or OptOut ? zone + ".signed" : zone, "check-names ignore; check-integrity no;");
        return conf;
    }

    private static async Task SignAsync(TempFolder folder, string zone, params string[] denial)
    {
        string keys = folder.FullPath;
        (await Tool.RunAsync("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-K", keys, "-f", "KSK", zone)).OrThrow();
        (await Tool.RunAsync("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-K", keys, zone)).OrThrow();
        (await Tool.RunAsync(
            "dnssec-signzone",
            ["-q", "-S", "-P", "-K", keys, "-d", keys, "-o", zone, .. denial, "-f", folder[zone + ".signed"], folder[zone]],
            null)).OrThrow();
    }
}
