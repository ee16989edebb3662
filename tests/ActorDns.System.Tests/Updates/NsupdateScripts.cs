namespace ActorDns.System.Tests.Updates;

/// <summary>Every prerequisite and every form of change that nsupdate can send, in an order in which they build on each other.</summary>
internal static class NsupdateScripts
{
    public static readonly string[] All =
    [
        // Additions.
        "update add new1.example. 60 A 192.0.2.1\nsend",
        "update add new1.example. 60 A 192.0.2.1\nsend",
        "update add new1.example. 90 A 192.0.2.1\nsend",
        "update add new1.example. 120 A 192.0.2.2\nsend",
        "add NEW1.Example. 120 IN A 192.0.2.3\nsend",
        "zone example.\nupdate add mixed.CASE.example. 60 TXT \"Some Text\"\nsend",
        "ttl 77\nupdate add default-ttl.example. A 192.0.2.4\nsend",
        "class IN\nupdate add deep.er.and.deeper.example. 60 TXT x\nsend",
        "update add types.example. 60 AAAA 2001:db8::1\nupdate add types.example. 60 MX 10 mail.example.\n"
            + "update add types.example. 60 SRV 0 5 5060 sip.example.\nupdate add types.example. 60 CAA 0 issue \"ca.example\"\n"
            + "update add types.example. 60 SSHFP 4 2 " + new string('a', 64) + "\nupdate add types.example. 60 NAPTR 1 2 \"u\" \"E2U\" \"!a!b!\" .\n"
            + "update add types.example. 60 TLSA 3 1 1 " + new string('b', 64) + "\nupdate add types.example. 60 HTTPS 1 . alpn=h2\n"
            + "update add types.example. 60 LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m\n"
            + "update add types.example. 60 DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=\nsend",
        "update add types.example. 60 TYPE65280 \\# 4 01020304\nsend",
        "update add types.example. 60 TYPE65280 \\# 0\nsend",
        "update add text.example. 60 TXT \"" + string.Join("\" \"", Enumerable.Repeat(new string('t', 250), 8)) + "\"\nsend",
        "update add *.stars.example. 60 A 192.0.2.5\nsend",
        "update add zero-ttl.example. 0 A 192.0.2.6\nsend",
        "update add long-ttl.example. 2147483647 A 192.0.2.7\nsend",

        // Removals.
        "update delete new1.example. A 192.0.2.2\nsend",
        "update delete new1.example. A 192.0.2.99\nsend",
        "update delete new1.example. 120 A 192.0.2.3\nsend",
        "update delete types.example. SRV\nsend",
        "update delete types.example.\nsend",
        "del default-ttl.example. A\nsend",
        "update delete nowhere.example.\nupdate delete nowhere.example. A\nupdate delete nowhere.example. A 192.0.2.1\nsend",
        "update delete ent.example.\nsend",
        "update delete a.b.ent.example. TXT\nsend",
        "update add a.b.ent.example. 3600 TXT \"below empty names\"\nsend",

        // Several changes in one message, in their order.
        "update delete www.example. A\nupdate add www.example. 300 A 192.0.2.90\nsend",
        "update add www.example. 300 A 192.0.2.91\nupdate delete www.example. A\nsend",
        "update add twice.example. 60 A 192.0.2.1\nupdate delete twice.example.\nupdate add twice.example. 60 A 192.0.2.2\nsend",
        "update delete twice.example. A 192.0.2.2\nupdate add twice.example. 60 A 192.0.2.2\nsend",
        "update delete twice.example. A 192.0.2.2\nupdate add twice.example. 61 A 192.0.2.2\nsend",
        "update add one.example. 60 A 192.0.2.1\nsend\nupdate add two.example. 60 A 192.0.2.1\nsend",

        // Prerequisites that hold and that do not.
        "prereq nxdomain pre.example.\nupdate add pre.example. 60 A 192.0.2.1\nsend",
        "prereq nxdomain pre.example.\nupdate add pre.example. 60 A 192.0.2.2\nsend",
        "prereq yxdomain pre.example.\nupdate add pre.example. 60 A 192.0.2.3\nsend",
        "prereq yxdomain nowhere.example.\nupdate add pre.example. 60 A 192.0.2.4\nsend",
        "prereq nxrrset pre.example. AAAA\nupdate add pre.example. 60 AAAA 2001:db8::1\nsend",
        "prereq nxrrset pre.example. AAAA\nupdate add pre.example. 60 AAAA 2001:db8::2\nsend",
        "prereq yxrrset pre.example. AAAA\nupdate delete pre.example. AAAA\nsend",
        "prereq yxrrset pre.example. AAAA\nupdate delete pre.example.\nsend",
        "prereq yxrrset pre.example. A 192.0.2.3\nprereq yxrrset pre.example. A 192.0.2.1\nupdate add pre.example. 60 TXT both\nsend",
        "prereq yxrrset pre.example. A 192.0.2.1\nupdate add pre.example. 60 TXT one\nsend",
        "prereq yxrrset pre.example. A 192.0.2.1\nprereq yxrrset pre.example. A 192.0.2.3\nprereq yxrrset pre.example. A 192.0.2.4\n"
            + "update add pre.example. 60 TXT three\nsend",
        "prereq yxrrset PRE.example. TXT both\nprereq nxdomain nowhere.example.\nupdate add pre.example. 60 TXT several\nsend",
        "prereq nxdomain ent.example.\nsend",
        "prereq yxdomain ent.example.\nsend",
        "prereq nxdomain any.wild.example.\nsend",
        "prereq yxdomain any.wild.example.\nsend",
        "prereq yxrrset alias.example. CNAME WWW.example.\nsend",
        "prereq yxrrset alias.example. A\nsend",
        "prereq yxdomain ns.sub.example.\nsend",
        "prereq nxrrset example. SOA\nsend",
        "prereq yxrrset example. NS\nprereq nxrrset example. A\nprereq yxdomain mail.example.\nprereq nxdomain no.example.\nsend",

        // The records that a zone is made of.
        "update delete example. SOA\nsend",
        "update delete example. NS\nsend",
        "update delete example. NS ns2.example.\nsend",
        "update delete example. NS ns1.example.\nsend",
        "update delete example. NS ns1.example.\nupdate add example. 3600 NS ns2.example.\nsend",
        "update add example. 3600 NS ns2.example.\nupdate delete example. NS ns1.example.\nsend",
        "update delete example. MX\nsend",
        "update add example. 3600 A 192.0.2.1\nsend",
        "update delete example.\nsend",
        "update add example. 3600 MX 10 mail.example.\nsend",
        "update add example. 7200 NS ns2.example.\nsend",
        "update add example. 3600 NS ns9.example.\nsend",
        "update add example. 3600 NS ns9.example.\nupdate add ns9.example. 3600 AAAA 2001:db8::9\nsend",
        "update delete ns9.example. AAAA\nsend",
        "update delete ns9.example.\nupdate add ns9.example. 60 CNAME www.example.\nsend",
        "update add example. 3600 NS ns.elsewhere.net.\nsend",
        "update delete example. NS ns9.example.\nupdate delete ns9.example. AAAA\nsend",
        "update add example. 60 DNAME elsewhere.example.\nsend",
        "update add example. 3600 SOA ns1.example. hostmaster.example. 50 7200 900 1209600 300\nsend",
        "update add example. 3600 SOA ns1.example. hostmaster.example. 2000 7200 900 1209600 300\nsend",
        "update add example. 3600 SOA ns1.example. other.example. 2000 7200 900 1209600 300\nsend",
        "update add example. 1800 SOA ns1.example. other.example. 3000 7200 900 1209600 301\nupdate add soa.example. 60 A 192.0.2.1\nsend",
        "update add below.example. 3600 SOA ns1.example. hostmaster.example. 5000 7200 900 1209600 300\nsend",

        // What may not stand beside something else.
        "update add www.example. 60 CNAME elsewhere.example.\nsend",
        "update add alias.example. 60 A 192.0.2.1\nsend",
        "update add alias.example. 60 CNAME mail.example.\nsend",
        "update delete alias.example. CNAME\nupdate add alias.example. 60 A 192.0.2.1\nsend",
        "update add alias.example. 60 CNAME mail.example.\nupdate delete alias.example. A\nsend",
        "update add dname.example. 60 DNAME elsewhere.example.\nsend",
        "update add dname.example. 60 DNAME other.example.\nsend",
        "update add dname.example. 60 CNAME other.example.\nsend",
        "update add cname.example. 60 CNAME other.example.\nupdate add cname.example. 60 CNAME last.example.\nsend",
        "update add sub.example. 60 DS 12345 13 2 " + new string('c', 64) + "\nsend",
        "update delete sub.example. NS\nsend",
        "update add *.bad.example. 60 NS ns1.example.\nsend",
        "update add example. 60 DS 12345 13 2 " + new string('c', 64) + "\nsend",

        // Other zones, other names.
        "zone example.\nupdate add www.example.net. 60 A 192.0.2.1\nsend",
        "zone example.net.\nupdate add www.example.net. 60 A 192.0.2.1\nsend",
        "zone www.example.\nupdate add www.example. 60 A 192.0.2.1\nsend",
        "zone example.\nprereq yxdomain www.example.net.\nsend",

        // What nsupdate itself prints.
        "prereq yxdomain www.example.\nupdate add shown.example. 60 A 192.0.2.1\nshow\nsend\nanswer",
        "prereq nxdomain www.example.\nupdate add shown.example. 60 A 192.0.2.1\nsend\nanswer",
        "send",
    ];
}
