using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Lookup;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>
/// A zone with the shape of a signed one, denials by NSEC or NSEC3. Its signatures are well-formed and sign nothing: the server sends
/// them, it does not check them.
/// </summary>
internal static class SignedZoneText
{
    private const string Apex = "A NS SOA DNSKEY";

    /// <summary>Names in canonical order with their data and types.</summary>
    private static readonly (string Name, string Data, string Types)[] Names =
    [
        ("signed.", "A 192.0.2.9", Apex),
        ("ns.signed.", "A 192.0.2.1", "A"),
        ("secure.signed.", "NS ns.secure.signed.\nsecure.signed. DS 1 13 2 " + Digest, "NS DS"),
        ("sub.signed.", "NS ns.sub.signed.", "NS"),
        ("*.wild.signed.", "TXT \"wild\"", "TXT"),
        ("www.signed.", "A 192.0.2.80", "A"),
    ];

    private const string Digest = "0000000000000000000000000000000000000000000000000000000000000000";

    public static string WithNsec()
    {
        StringBuilder text = Start();
        for (int i = 0; i < Names.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Names[i].Name} 300 NSEC {Names[(i + 1) % Names.Length].Name} {Names[i].Types} RRSIG NSEC\n");
            text.Append(Signature(Names[i].Name, "NSEC"));
        }

        return text.ToString();
    }

    public static string WithNsec3()
    {
        StringBuilder text = Start();
        text.Append("signed. 0 NSEC3PARAM 1 0 0 AB\n").Append(Signature("signed.", "NSEC3PARAM"));
        (string Hash, string Types)[] chain =
        [
            .. Names.Select(static name => (Hash(name.Name), name.Types)).Append((Hash("wild.signed."), ""))
                .OrderBy(static link => link.Item1, StringComparer.Ordinal),
        ];
        for (int i = 0; i < chain.Length; i++)
        {
            string owner = chain[i].Hash + ".signed.";
            text.Append(CultureInfo.InvariantCulture, $"{owner} 300 NSEC3 1 0 0 AB {chain[(i + 1) % chain.Length].Hash} {chain[i].Types}\n");
            text.Append(Signature(owner, "NSEC3"));
        }

        return text.ToString();
    }

    private static StringBuilder Start()
    {
        StringBuilder text = new("$TTL 1h\nsigned. SOA ns hostmaster 1 2h 15m 2w 5m\nsigned. NS ns\nns.sub.signed. A 192.0.2.7\nns.secure.signed. A 192.0.2.8\n");
        text.Append("signed. DNSKEY 257 3 13 AAAA\n");
        foreach ((string name, string data, string types) in Names)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {data}\n");
            foreach (string type in types.Split(' ').Where(type => type != "NS" || name == "signed."))
                text.Append(Signature(name, type));
        }

        return text;
    }

    private static string Signature(string name, string type) =>
        $"{name} RRSIG {type} 13 2 3600 20300101000000 20200101000000 1 signed. {new string('A', 84)}\n";

    private static string Hash(string name)
    {
        Span<byte> hash = stackalloc byte[20];
        Nsec3Hash.Compute(DomainName.Parse(name).Wire, [0xAB], 0, hash);
        const string Digits = "0123456789abcdefghijklmnopqrstuv";
        StringBuilder text = new();
        for (int bit = 0; bit < 160; bit += 5)
        {
            int pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[(bit / 8) + 1] : 0);
            text.Append(Digits[(pair >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }
}
