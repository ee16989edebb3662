using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>
/// Gives a zone the records of a signed one, by the rules of RFC 4035 §2 and RFC 5155 §7.1. The signatures are of no key: a lookup does not
/// read them.
/// </summary>
internal sealed class TestSigner
{
    private readonly StringBuilder _text = new();
    private readonly string _origin;
    private readonly List<(byte[] Owner, List<string> Types, bool IsInsecureCut)> _names = [];

    private TestSigner(string origin) => _origin = origin;

    public static ZoneSnapshot Nsec(string origin, string text)
    {
        TestSigner signer = new(origin);
        signer.SignSets(TestZone.Load(origin, text));
        signer.ChainNsec();
        return TestZone.Load(origin, text + signer._text);
    }

    public static ZoneSnapshot Nsec3(string origin, string text, string parameters, bool optOut)
    {
        TestSigner signer = new(origin);
        string withParameters = $"{text}\n@ NSEC3PARAM {parameters}\n";
        ZoneSnapshot zone = TestZone.Load(origin, withParameters);
        signer.SignSets(zone);
        signer.ChainNsec3(parameters, optOut);
        return TestZone.Load(origin, withParameters + signer._text);
    }

    /// <summary>The hashed owner of a name, relative to the zone.</summary>
    public static string Hash(ReadOnlySpan<byte> name, string parameters)
    {
        string[] words = parameters.Split(' ');
        byte[] salt = words[3] == "-" ? [] : Convert.FromHexString(words[3]);
        byte[] hash = new byte[20];
        Nsec3Hash.Compute(name, salt, int.Parse(words[2], CultureInfo.InvariantCulture), hash);
        const string digits = "0123456789abcdefghijklmnopqrstuv";
        StringBuilder text = new();
        for (int bit = 0; bit < 160; bit += 5)
            text.Append(digits[((((hash[bit / 8] << 8) | hash[Math.Min(19, (bit / 8) + 1)]) << (bit % 8)) >> 11) & 31]);
        return text.ToString();
    }

    /// <summary>Signs what the zone is authoritative for and notes its names; glue and what a DNAME hides are left out.</summary>
    private void SignSets(ZoneSnapshot zone)
    {
        _text.Append('\n');
        byte[] bottom = [];
        foreach (NameView name in zone.Names.Walk())
        {
            if (bottom.Length > 0 && WireName.IsAtOrBelow(name.Owner, bottom))
                continue;
            bool isCut = (name.Traits & NameTraits.Delegation) != 0;
            if ((name.Traits & (NameTraits.Delegation | NameTraits.Dname)) != 0)
                bottom = name.Owner.ToArray();
            List<string> types = [];
            bool hasDs = false;
            foreach (RecordSetView set in name)
            {
                types.Add(set.Type.ToString());
                hasDs |= set.Type == RecordType.Ds;
                if (!isCut || set.Type == RecordType.Ds)
                    AddSignature(NameText.ToText(name.Owner, keepFinalDot: true), set.Type.ToString(), set.Ttl);
            }

            _names.Add((name.Owner.ToArray(), types, isCut && !hasDs));
        }
    }

    private void AddSignature(string owner, string type, uint ttl)
    {
        int labels = owner.Split('.', StringSplitOptions.RemoveEmptyEntries).Count(label => label != "*");
        string times = "20300101000000 20200101000000";
        _text.AppendLine(CultureInfo.InvariantCulture, $"{owner} {ttl} RRSIG {type} 13 {labels} {ttl} {times} 1 {_origin} AAAA");
    }

    private void ChainNsec()
    {
        List<(byte[] Owner, List<string> Types, bool IsInsecureCut)> owners = [.. _names.Where(name => name.Types.Count > 0)];
        for (int i = 0; i < owners.Count; i++)
        {
            string owner = NameText.ToText(owners[i].Owner, keepFinalDot: true);
            string next = NameText.ToText(owners[(i + 1) % owners.Count].Owner, keepFinalDot: true);
            _text.AppendLine(CultureInfo.InvariantCulture, $"{owner} 300 NSEC {next} {string.Join(' ', owners[i].Types)} RRSIG NSEC");
            AddSignature(owner, "NSEC", 300);
        }
    }

    private void ChainNsec3(string parameters, bool optOut)
    {
        byte[][] kept = [.. _names.Where(name => !(optOut && name.IsInsecureCut) && name.Types.Count > 0).Select(name => name.Owner)];
        var chain = _names
            .Where(name => kept.Any(owner => WireName.IsAtOrBelow(owner, name.Owner)))
            .Select(name => (Hash: Hash(name.Owner, parameters), name.Types, IsSigned: name.Types.Count > 0 && !name.IsInsecureCut))
            .OrderBy(name => name.Hash, StringComparer.Ordinal)
            .ToArray();
        string[] words = parameters.Split(' ');
        for (int i = 0; i < chain.Length; i++)
        {
            string owner = $"{chain[i].Hash}.{_origin}";
            string types = string.Join(' ', chain[i].Types) + (chain[i].IsSigned ? " RRSIG" : "");
            string fixedPart = $"1 {(optOut ? 1 : 0)} {words[2]} {words[3]}";
            _text.AppendLine(
                CultureInfo.InvariantCulture, $"{owner} 300 NSEC3 {fixedPart} {chain[(i + 1) % chain.Length].Hash} {types}");
            AddSignature(owner, "NSEC3", 300);
        }
    }
}
