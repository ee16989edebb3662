using System.Text;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// Zones with random <c>update-policy</c> rules, keys whose names lie in and around them, and random updates: names and identities are few,
/// so that rules meet, exclude and shadow each other.
/// </summary>
internal sealed class PolicyZones
{
    private const string Client = "1.0.0.127.in-addr.arpa.";
    private const string SixToFourClient = "1.0.0.0.0.0.f.7.2.0.0.2.ip6.arpa.";
    private static readonly string[] Types = ["A", "TXT", "NS", "SOA", "PTR", "SRV", "CNAME", "MX", "DS", "AAAA", "RRSIG", "TYPE65280"];
    private readonly Random _random;

    public PolicyZones(int seed, int count)
    {
        _random = new Random(seed);
        Zones = [.. Enumerable.Range(0, count).Select(i => $"z{i}."), "127.in-addr.arpa.", "2.0.0.2.ip6.arpa."];
        foreach (string zone in Zones)
        {
            Rules[zone] = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Rule(zone))];
            Keys[zone] = [.. KeyNames(zone).Select(name => TestKey.Create(name[..^1]))];
        }
    }

    /// <summary>Key outside all zones.</summary>
    public TestKey FarKey { get; } = TestKey.Create("far.away");

    public string[] Zones { get; }

    /// <summary>The rules of each zone.</summary>
    public Dictionary<string, string[]> Rules { get; } = [];

    /// <summary>The keys that are named after each zone.</summary>
    public Dictionary<string, TestKey[]> Keys { get; } = [];

    /// <summary>Writes the zones' files and their part of the configuration.</summary>
    public NamedConf Configure(TempFolder folder)
    {
        NamedConf conf = new NamedConf().Key(FarKey);
        foreach (string zone in Zones)
        {
            foreach (TestKey key in Keys[zone])
                conf.Key(key);
            folder.Write($"{zone}db", """
                $TTL 60
                @     SOA ns.other. admin 1 0 0 0 0
                @     NS  ns.other.
                a     A   192.0.2.1
                a     TXT "a"
                b.a   A   192.0.2.2
                b.a   PTR a
                x     CNAME a
                s     SRV 0 0 1 a
                sub   NS  ns.other.

                """);
            StringBuilder rules = new();
            foreach (string rule in Rules[zone])
                rules.Append(rule).Append("; ");
            conf.Primary(zone[..^1], $"{zone}db", $"update-policy {{ {rules}}}; allow-transfer {{ any; }}; check-integrity no; check-names ignore;");
        }

        return conf;
    }

    /// <summary>Who asks: a key of the zone, one from elsewhere, or nobody.</summary>
    public TestKey? Signer(string zone) => _random.Next(8) switch
    {
        0 => null,
        1 => FarKey,
        2 => Keys[Zones[_random.Next(Zones.Length)]][0],
        _ => Pick(Keys[zone]),
    };

    public bool OverTcp() => _random.Next(2) == 0;

    /// <summary>One or two changes.</summary>
    public string[] Update(string zone) => [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Change(zone))];

    private static string[] KeyNames(string zone) => [zone, $"a.{zone}", $"b.a.{zone}"];

    private string Change(string zone)
    {
        string name = Name(zone);
        string type = Pick(Types);
        string data = Data(type, zone);
        return _random.Next(type == "DS" ? 5 : 0, 10) switch // A DS without delegation BIND adds and takes away, with a step of the serial.
        {
            < 5 => $"add {name} 60 {type} {data}",
            >= 7 and < 9 when type != "RRSIG" => $"del {name} {type}", // BIND takes RRSIG away by their data only.
            9 when name != zone => $"del {name}", // At the apex it leaves RRSIG there.
            _ => $"del {name} {type} {data}",
        };
    }

    private string Name(string zone) => zone switch
    {
        "127.in-addr.arpa." when _random.Next(2) == 0 => Pick(Client, $"x.{Client}", "2.0.0.127.in-addr.arpa."),
        "2.0.0.2.ip6.arpa." when _random.Next(2) == 0 => Pick(SixToFourClient, $"x.{SixToFourClient}", "2.0.0.0.0.0.f.7.2.0.0.2.ip6.arpa."),
        _ => Pick(zone, $"a.{zone}", $"b.a.{zone}", $"c.b.a.{zone}", $"x.{zone}", $"s.{zone}", $"*.{zone}", $"*.a.{zone}", $"new.{zone}", $"sub.{zone}"),
    };

    private string Data(string type, string zone) => type switch
    {
        "A" => $"192.0.2.{_random.Next(1, 3)}",
        "AAAA" => "2001:db8::1",
        "TXT" => Pick("\"a\"", "\"b\"", "\"c\""),
        "SOA" => "ns.other. admin.other. 4000000000 0 0 0 0",
        "SRV" => $"0 0 1 a.{zone}",
        "MX" => $"{_random.Next(1, 3)} a.{zone}",
        "DS" => $"12345 13 2 {new string('a', 64)}",
        "RRSIG" => $"A 13 9 60 20300101000000 20250101000000 12345 {zone} {new string('A', 86)}==",
        "TYPE65280" => "\\# 1 00",
        _ => Pick("ns.other.", $"a.{zone}"),
    };

    private string Rule(string zone)
    {
        string identity = Pick(zone, $"a.{zone}", $"b.a.{zone}", $"*.{zone}", $"*.a.{zone}", "*", "far.away", "nobody.");
        string kind = zone.EndsWith(".arpa.", StringComparison.Ordinal) && _random.Next(2) == 0
            ? Pick("tcp-self", "6to4-self")
            : Pick("name", "subdomain", "zonesub", "wildcard", "self", "selfsub", "selfwild", "tcp-self", "krb5-self", "ms-subdomain");
        if (kind is "tcp-self" or "6to4-self" && _random.Next(3) != 0)
            identity = Pick("*", Client, "*.127.in-addr.arpa.", SixToFourClient, "*.2.0.0.2.ip6.arpa.");
        string name = kind switch
        {
            "zonesub" => "",
            "wildcard" => Pick($"*.{zone}", $"*.a.{zone}", "*."),
            "self" or "selfsub" or "selfwild" => Pick(".", identity),
            "tcp-self" or "6to4-self" or "krb5-self" => ".",
            _ => Pick(zone, $"a.{zone}", $"b.a.{zone}", $"x.{zone}", $"*.{zone}", "."),
        };
        if (name == "*" || (identity == "*" && name == identity))
            name = ".";
        string types = string.Join(' ', Enumerable.Range(0, _random.Next(4)).Select(_ => RuleType()).Distinct());
        return $"{(_random.Next(4) == 0 ? "deny" : "grant")} {identity} {kind} {name} {types}";
    }

    private string RuleType()
    {
        string type = _random.Next(4) == 0 ? "ANY" : Pick(Types);
        return _random.Next(4) == 0 ? $"{type}({_random.Next(1, 3)})" : type;
    }

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
