using System.Globalization;
using System.Text;

namespace ActorDns.System.Tests.Zones;

/// <summary>
/// A zone of any size with the record types of everyday life, the same for the same size. Names and RDATA names are in lower case,
/// because not every server keeps the case of what it stores.
/// </summary>
public static class MixedZone
{
    public const string Origin = "mixed.test";

    /// <summary>Records before the repeated part: SOA, two NS and their addresses.</summary>
    private const int HeadRecords = 5;

    private static readonly Func<int, string>[] Kinds =
    [
        i => $"h{i} 300 IN A 10.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}",
        i => $"h{i - 1} 300 IN AAAA 2001:db8::{(i >> 16) & 0xFFFF:x}:{i & 0xFFFF:x}",
        i => $"m{i} 3600 IN MX {i % 100} h{i - 2}",
        i => $"m{i - 1} 3600 IN TXT \"v=spf1 ip4:192.0.2.{i & 255} -all\" \"part two of {i}\"",
        i => $"c{i} 60 IN CNAME h{i - 4}",
        i => $"_sip._udp.s{i} 900 IN SRV 10 {i % 1000} 5060 h{i - 5}",
        i => $"s{i} 86400 IN CAA 0 issue \"ca{i}.example.net\"",
        i => $"p{i} 86400 IN PTR host{i}.example.net.",
        i => $"n{i} 600 IN NAPTR 100 {i % 100} \"u\" \"E2U+sip\" \"!^.*$!sip:u{i}@example.net!\" .",
        i => $"k{i} 600 IN SSHFP 4 2 {i:x64}",
        i => $"_443._tcp.t{i} 600 IN TLSA 3 1 1 {i:x64}",
        i => $"d{i} 7200 IN NS ns.d{i}",
        i => $"ns.d{i - 1} 7200 IN A 192.0.2.{i & 255}",
        i => $"d{i - 2} 7200 IN DS {i % 65536} 13 2 {i:X64}",
    ];

    /// <summary>The text of the zone with exactly so many records.</summary>
    public static string Write(int records, uint serial = 1)
    {
        StringBuilder text = new(records * 48);
        text.Append(CultureInfo.InvariantCulture, $"""
            $ORIGIN {Origin}.
            @ 3600 IN SOA ns1 hostmaster {serial} 3600 600 604800 300
            @ 3600 IN NS ns1
            @ 3600 IN NS ns2
            ns1 3600 IN A 127.0.0.1
            ns2 3600 IN A 127.0.0.2

            """);
        for (int i = 0; i < records - HeadRecords; i++)
            text.Append(Kinds[i % Kinds.Length](i)).Append('\n');
        return text.ToString();
    }
}
