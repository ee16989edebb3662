using System.Globalization;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// Random updates of the zone <c>example</c>, as lines for <see cref="Wire.UpdateText"/>. Few names and few values, so that updates often meet
/// what is there; half of the messages carry prerequisites. For Knot without what it takes otherwise: it ignores the TTL of a record that is
/// there, and has delegations at wildcards.
/// </summary>
internal sealed class RandomHistory(int seed, bool stepsSerial, int servers = 2, bool forKnot = false)
{
    private const int SerialStepsIn = 6;
    private static readonly string[] Names = ["example.", "a.example.", "b.example.", "c.b.example.", "*.w.example.", "www.example.", "sub.example."];
    private static readonly string[] Types = ["A", "A", "AAAA", "TXT", "MX", "NS", "CNAME", "PTR", "TYPE65281"];
    private static readonly uint[] SerialSteps = [0, 1, 5, 1_000, uint.MaxValue, 0x8000_0001];
    private readonly Random _random = new(seed);

    /// <summary>The next message; the serial that the zone has now is what a new SOA is measured by.</summary>
    public string[] Next(uint serial)
    {
        List<string> lines = [];
        while (_random.Next(3) == 0)
            lines.Add(Prerequisite());
        if (stepsSerial && _random.Next(SerialStepsIn) == 0)
            lines.Add(Soa(serial));
        for (int count = _random.Next(1, 6); count > 0; count--)
            lines.Add(Update());
        return [.. lines];
    }

    private string Prerequisite()
    {
        string name = Name();
        string type = Type();
        return _random.Next(5) switch
        {
            0 => $"yxdomain {name}",
            1 => $"nxdomain {name}",
            2 => $"yxrrset {name} {type}",
            3 => $"yxrrset {name} {type} {Data(type)}",
            _ => $"nxrrset {name} {type}",
        };
    }

    // One in a message at most: BIND fails when several lead round to an older serial.
    private string Soa(uint serial) => string.Create(
        CultureInfo.InvariantCulture,
        $"add example. 3600 SOA ns1.example. hostmaster.example. {unchecked(serial + SerialSteps[_random.Next(SerialSteps.Length)])} 1 1 1209600 300");

    private string Update()
    {
        string name = Name();
        string type = Type();
        if (forKnot && type == "NS" && name[0] == '*')
            type = "A";
        return _random.Next(10) switch
        {
            < 6 => $"add {name} {3600 + (forKnot ? 0 : _random.Next(2))} {type} {Data(type)}",
            < 8 => $"del {name} {type} {Data(type)}",
            8 => $"del {name} {type}",
            _ => $"del {name}",
        };
    }

    private string Name() => Names[_random.Next(Names.Length)];

    private string Type() => Types[_random.Next(Types.Length)];

    private string Data(string type)
    {
        int number = _random.Next(1, 4);
        return type switch
        {
            "A" => $"192.0.2.{number}",
            "AAAA" => $"2001:db8::{number}",
            "TXT" => $"text{number}",
            "MX" => $"{number} mail.example.",
            "NS" => $"ns{_random.Next(1, servers + 1)}.example.",
            "CNAME" or "PTR" => $"target{number}.example.net.",
            _ => $"\\# 2 000{number}",
        };
    }
}
