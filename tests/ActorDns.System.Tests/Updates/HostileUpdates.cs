using System.Text;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// UPDATE messages of the zone <c>example</c> as nobody's client sends them: every type, meta types among them, every class, TTLs and data
/// where none may be, names outside the zone and below its delegations, pointers in most places, zone sections and headers that are wrong.
/// Each has one fault at most, since which of several is seen first is left to the server. Not in play is what
/// <c>docs/differences-from-bind.md</c> has a row for.
/// </summary>
internal sealed class HostileUpdates(int seed)
{
    private const int In = 1, None = 254, Any = 255;
    private const int Soa = 6, Nxt = 30, Ds = 43, Nsec = 47, Uri = 256, UriFixedBytes = 4;

    private static readonly string[] Names =
    [
        "example.", "a.example.", "b.example.", "www.example.", "alias.example.", "ns1.example.", "mail.example.",
        "*.example.", "*.wild.example.", "x.*.example.", "sub.example.", "ns.sub.example.", "deep.er.sub.example.", "dname.example.",
        "below.dname.example.", "ent.example.", "b.ent.example.", "a.b.ent.example.", "_sip._tcp.example.", "under_score.example.",
        new string('l', 63) + ".example.", string.Concat(Enumerable.Repeat(new string('n', 61) + ".", 3)) + new string('m', 50) + ".example.",
    ];

    private static readonly string[] OutsideNames = [".", "com.", "example.net.", "a.other.", "xexample."];

    private static readonly int[] Classes = [In, Any, None, 3, 4, 0, 2, 65535];

    private static readonly uint[] Ttls = [0, 1, 60, 3600, int.MaxValue];

    private static readonly int[] MetaTypes = [41, 128, 250, 251, 252, 253, 254, 255];

    private readonly Random _random = new(seed);

    /// <summary>The next message; the serial that the zone has now is what a new SOA is measured by.</summary>
    public byte[] Next(uint serial)
    {
        RawMessage message = new(() => _random.Next(4) != 0);
        message.Set(0, _random.Next(65536));
        message.Set(2, 0x2800 | (_random.Next(5) == 0 ? _random.Next(0x10000) & 0x07FF : 0));
        int kind = _random.Next(10);
        bool isOddZone = kind == 0;
        message.Set(4, Zones(message, isOddZone));
        int prerequisites = 0, updates = 0;
        if (kind < 6)
        {
            prerequisites = Repeat(_random.Next(isOddZone ? 1 : 3) == 2 ? _random.Next(1, 3) : 0, () => Prerequisite(message, serial));
            updates = Repeat(_random.Next(6), isOddZone ? () => Plain(message) : () => Update(message, serial));
        }
        else if (kind < 8)
        {
            prerequisites = Repeat(1, () => OddPrerequisite(message, serial));
            updates = Repeat(_random.Next(3), () => Plain(message));
        }
        else
        {
            updates = Repeat(_random.Next(3), () => Plain(message)) + Repeat(1, () => OddUpdate(message, serial)) + Repeat(1, () => Plain(message));
        }

        message.Set(6, prerequisites);
        message.Set(8, updates);
        message.Set(10, Additional(message));
        return message.ToArray();
    }

    private static int Repeat(int count, Action write)
    {
        for (int i = 0; i < count; i++)
            write();
        return count;
    }

    /// <summary>An addition with nothing to find fault with.</summary>
    private void Plain(RawMessage message) =>
        message.Record(Pick("a.example.", "b.example."), 1, In, 3600, [new byte[] { 192, 0, 2, (byte)_random.Next(9) }]);

    private int Zones(RawMessage message, bool isOdd)
    {
        if (!isOdd)
        {
            Zone(message, "example.", Soa, In);
            return 1;
        }

        int zones = _random.Next(4) == 0 ? 2 : 1;
        for (int i = 0; i < zones; i++)
            Zone(message, _random.Next(2) == 0 ? "example." : Name(), Pick(Soa, Soa, Any, 1, 252, 251, 2, 41, 0), In);

        return zones;
    }

    private static void Zone(RawMessage message, string name, int type, int zoneClass)
    {
        message.Name(name);
        message.UInt16(type);
        message.UInt16(zoneClass);
    }

    private void Prerequisite(RawMessage message, uint serial)
    {
        int type = Type();
        switch (_random.Next(3))
        {
            case 0:
                message.Record(AnyCase(Name()), type, In, 0, Rdata(type, serial));
                break;
            default:
                message.Record(AnyCase(Name()), _random.Next(3) == 0 ? Any : type, Pick(Any, None), 0, []);
                break;
        }
    }

    private void OddPrerequisite(RawMessage message, uint serial)
    {
        int type = _random.Next(3) == 0 ? Pick(MetaTypes) : Type();
        object[] rdata = _random.Next(2) == 0 ? Rdata(type, serial) : [];
        message.Record(NameInside(), type, Pick(Classes), _random.Next(3) == 0 ? Pick(Ttls) : 0, rdata);
    }

    private void Update(RawMessage message, uint serial)
    {
        string name = Name();
        int type = Type();
        switch (_random.Next(18))
        {
            case < 11 when type != Ds:
                message.Record(name, type, In, Pick(Ttls), Rdata(type, serial));
                break;
            case < 14:
                message.Record(AnyCase(name), type, None, 0, Rdata(type, serial));
                break;
            case < 16:
                message.Record(AnyCase(name), type, Any, 0, []);
                break;
            default:
                message.Record(AnyCase(name), Any, Any, 0, []);
                break;
        }
    }

    private void OddUpdate(RawMessage message, uint serial)
    {
        string name = NameInside();
        int type;
        do
            type = Type();
        while (type == Ds);
        switch (_random.Next(6))
        {
            case 0:
                message.Record(name, type, Pick(Classes), Pick(Ttls), Rdata(type, serial));
                break;
            case 1:
                message.Record(name, type, Pick(Classes), Pick(Ttls), []);
                break;
            case 2:
                message.Record(name, Pick(MetaTypes), Pick(Classes), Pick(Ttls), _random.Next(2) == 0 ? [] : Rdata(type, serial));
                break;
            case 3:
                message.Record(name, type, In, 60, Rdata(type, serial), type is Nxt or Nsec ? 0 : _random.Next(-2, 3)); // Those are faults by themselves.
                break;
            case 4:
                int octets = _random.Next(24);
                if (type != Uri || octets != UriFixedBytes) // It would have no target.
                    message.Record(name, type, In, 60, [Octets(octets)]);
                else
                    Plain(message);
                break;
            default:
                message.Record(name, 65534 + _random.Next(2), Pick(In, None), 0, [Octets(_random.Next(24))]);
                break;
        }
    }

    private int Additional(RawMessage message)
    {
        int records = 0;
        for (; records < 2 && _random.Next(10) == 0; records++)
        {
            if (_random.Next(3) == 0)
            {
                message.Record("a.other.", 1, In, 60, [new byte[] { 192, 0, 2, 1 }]);
                continue;
            }

            message.Record(".", 41, Pick(512, 0, 1232, 65535), 0, []);
        }

        return records;
    }

    private string Name() => _random.Next(30) == 0 ? Pick(OutsideNames) : NameInside();

    private string NameInside() => _random.Next(4) == 0 ? Pick(Names[..4]) : Pick(Names);

    // Not in additions: there the case of the letters becomes that of the zone, with BIND that of the last addition.
    private string AnyCase(string name) => _random.Next(3) == 0 ? name.ToUpperInvariant() : name;

    private int Type() => Pick(
        1, 1, 1, 2, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 30, 33, 35, 36, 37, 38, 39, 39, 42,
        43, 44, 47, 49, 52, 53, 55, 61, 62, 63, 64, 65, 99, 104, 105, 106, 107, 108, 109, 256, 257, 65280, 65534);

    /// <summary>Data as its type has it; of the types that this does not know, a few octets.</summary>
    private object[] Rdata(int type, uint serial)
    {
        string target = Pick("www.example.", "ns1.example.", "a.example.", "target.example.net.", "ns.sub.example.", "nowhere.example.");
        return type switch
        {
            1 => [new byte[] { 192, 0, 2, (byte)_random.Next(3) }],
            2 or 3 or 4 or 5 or 7 or 8 or 9 or 12 or 39 => [target],
            Soa => [target, "hostmaster.example.", Big(Step(serial)), Big(7200), Big(900), Big(1_209_600), Big(300)],
            11 => [new byte[] { 192, 0, 2, (byte)_random.Next(2), 6, 0x80 }],
            13 => [Text("cpu"), Text("os")],
            14 or 17 => [target, "a.example."],
            15 or 18 or 21 or 36 or 107 => [new byte[] { 0, (byte)_random.Next(3) }, target],
            16 or 99 => [Text(Pick("one", "two", ""))],
                        25 => [new byte[] { 1, 0, 3, 13 }, Enumerable.Repeat((byte)7, 64).ToArray()],
            28 => [new byte[] { 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)_random.Next(3) }],
            30 => [target, new byte[] { 0x40, 0 }],
            33 => [new byte[] { 0, 0, 0, 1, 0x13, 0xC4 }, target],
            35 => [new byte[] { 0, 1, 0, 1 }, Text("u"), Text("E2U+sip"), Text(""), target],
            Ds => [new byte[] { 0x30, 0x39, 13, 2 }, Octets(32)],
            44 => [new byte[] { 4, 2 }, Octets(32)],
            47 => [target, new byte[] { 0, 1, 0x40 }],
            52 or 53 => [new byte[] { 3, 1, 1 }, Octets(32)],
            62 => [Big(serial), new byte[] { 0, 1, 0, 1, 0x40 }],
            63 => [Big(serial), new byte[] { 1, 1 }, Octets(48)],
            64 or 65 => [new byte[] { 0, (byte)_random.Next(2) }, target],
            257 => [new byte[] { 0 }, Text("issue"), Encoding.Latin1.GetBytes("ca.example")],
            256 => [new byte[] { 0, 1, 0, 1 }, Encoding.Latin1.GetBytes("https://www.example/")],
            _ => [Octets(_random.Next(12))],
        };
    }

    private uint Step(uint serial) => unchecked(serial + Pick(0u, 1u, 3u, 100u, uint.MaxValue, 0x7FFF_FFF0u, 0x8000_0005u));

    private static byte[] Big(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)];

    private byte[] Octets(int count)
    {
        byte[] octets = new byte[count];
        _random.NextBytes(octets);
        return octets;
    }

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
