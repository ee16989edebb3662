using System.Globalization;
using System.Text;

namespace ActorDns.Flood.Servers;

/// <summary>
/// The zones that are asked: one of mixed content with delegations, and one with the shape of a signed zone (NSEC). The signatures are
/// random octets: no server that only answers looks into them.
/// </summary>
internal static class BenchmarkZone
{
    /// <summary>Origin of the mixed zone.</summary>
    public const string MixedOrigin = "mixed.example.";

    /// <summary>Origin of the signed zone.</summary>
    public const string SignedOrigin = "signed.example.";

    /// <summary>Origin of the zone that updates change.</summary>
    public const string UpdateOrigin = "update.example.";

    private const int UpdateHosts = 1_000;

    /// <summary>One of so many names is a delegation's.</summary>
    private const int NamesPerDelegation = 10;

    private const ushort TypeA = 1;
    private const ushort TypeMx = 15;
    private const ushort TypeTxt = 16;
    private const ushort TypeAaaa = 28;

    private static readonly ushort[] Plain = [TypeA];
    private static readonly ushort[] Dual = [TypeA, TypeAaaa];
    private static readonly ushort[] Mail = [TypeA, TypeMx];
    private static readonly ushort[] Text = [TypeA, TypeTxt];

    /// <summary>The types that the host with this number has in the mixed zone.</summary>
    public static ushort[] TypesOf(int number) => (number % 10) switch
    {
        < 6 => Plain,
        < 8 => Dual,
        8 => Mail,
        _ => Text,
    };

    /// <summary>The number of a delegation near this number.</summary>
    public static int DelegationOf(int number) => number - (number % NamesPerDelegation);

    /// <summary>
    /// Writes a mixed zone: <paramref name="names"/> hosts, and a tenth of that in delegations with glue. Gives the number of its records.
    /// </summary>
    public static long WriteMixed(string path, string origin, int names)
    {
        using (StreamWriter file = Open(path, origin))
            WriteHosts(file, names);
        return CountRecords(path);
    }

    private static void WriteHosts(StreamWriter file, int names)
    {
        for (int i = 0; i < names; i++)
        {
            string host = "h" + Digits(i);
            foreach (ushort type in TypesOf(i))
                file.WriteLine($"{host} {Data(type, i)}");
            if (DelegationOf(i) != i)
                continue;
            string child = "d" + Digits(i);
            file.WriteLine($"{child} NS ns1.{child}\n{child} NS ns2.{child}");
            file.WriteLine($"ns1.{child} A {Address(i)}\nns2.{child} A {Address(i + 1)}");
        }
    }

    /// <summary>
    /// Writes the signed zone: <paramref name="names"/> hosts with A, NSEC and their signatures. Gives the number of its records.
    /// </summary>
    public static long WriteSigned(string path, int names)
    {
        using (StreamWriter file = Open(path, SignedOrigin))
            WriteSignedHosts(file, names);
        return CountRecords(path);
    }

    /// <summary>Writes the zone that updates change, as it is before the first one. Gives the number of its records.</summary>
    public static long WriteUpdates(string path, string origin)
    {
        using (StreamWriter file = Open(path, origin))
        {
            for (int i = 0; i < UpdateHosts; i++)
                file.WriteLine($"h{i} A 192.0.2.{i & 255}");
        }

        return CountRecords(path);
    }

    private static long CountRecords(string path) => File.ReadLines(path).LongCount(static line => !line.StartsWith('$'));

    private static void WriteSignedHosts(StreamWriter file, int names)
    {
        Random random = new(1);
        file.WriteLine($"@ DNSKEY 257 3 13 {Base64(random)}");
        foreach (string type in (string[])["SOA", "NS", "DNSKEY", "NSEC"])
            file.WriteLine($"@ {Signature(type, 2, random)}");
        file.WriteLine($"@ NSEC {(names > 0 ? "h" + Digits(0) : "ns1")} NS SOA RRSIG NSEC DNSKEY");
        for (int i = 0; i < names; i++)
        {
            string host = "h" + Digits(i);
            string next = i + 1 < names ? "h" + Digits(i + 1) : "ns1";
            file.WriteLine($"{host} {Data(TypeA, i)}\n{host} {Signature("A", 3, random)}");
            file.WriteLine($"{host} NSEC {next} A RRSIG NSEC\n{host} {Signature("NSEC", 3, random)}");
        }

        file.WriteLine($"ns1 {Signature("A", 3, random)}\nns1 NSEC {SignedOrigin} A RRSIG NSEC\nns1 {Signature("NSEC", 3, random)}");
    }

    private static StreamWriter Open(string path, string origin)
    {
        StreamWriter file = new(path, false, new UTF8Encoding(false), 1 << 16);
        file.NewLine = "\n";
        file.WriteLine($"$ORIGIN {origin}\n$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.1");
        return file;
    }

    private static string Data(ushort type, int number) => type switch
    {
        TypeA => $"A {Address(number)}",
        TypeAaaa => $"AAAA 2001:db8::{number & 0xFFFF:x}:{number >> 16:x}",
        TypeMx => $"MX 10 h{Digits(DelegationOf(number))}",
        _ => $"TXT \"v=text number {number}\"",
    };

    private static string Address(int number) => $"10.{(number >> 16) & 0xFF}.{(number >> 8) & 0xFF}.{number & 0xFF}";

    private static string Digits(int number) => number.ToString("D7", CultureInfo.InvariantCulture);

    private static string Signature(string type, int labels, Random random) =>
        $"RRSIG {type} 13 {labels} 3600 20370101000000 20250101000000 12345 {SignedOrigin} {Base64(random)}";

    private static string Base64(Random random)
    {
        Span<byte> octets = stackalloc byte[64];
        random.NextBytes(octets);
        return Convert.ToBase64String(octets);
    }
}
