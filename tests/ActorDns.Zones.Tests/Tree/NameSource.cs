using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tests.Tree;

/// <summary>Random names at or below an origin: few labels and octets, so that they meet often, and hostile ones among them.</summary>
internal sealed class NameSource(int seed, DomainName origin)
{
    private static readonly byte[] Octets =
        [0x00, 0x01, 0x2A, 0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x39, 0x3A, 0x41, 0x5A, 0x5B, 0x5E, 0x5F, 0x60, 0x61, 0x7A, 0x7B, 0xA8, 0xA9, 0xFF];

    private readonly Random _random = new(seed);

    public int Below(int bound) => _random.Next(bound);

    public byte[] Next()
    {
        byte[] name = origin.Wire.ToArray();
        int labels = _random.Next(5);
        if (_random.Next(50) == 0)
            labels = 127;
        for (int label = 0; label < labels; label++)
        {
            int length = _random.Next(40) == 0 ? _random.Next(1, 64) : _random.Next(1, 3);
            if (labels == 127)
                length = 1;
            if (name.Length + length + 1 > WireName.MaxBytes)
                break;
            byte[] longer = new byte[name.Length + length + 1];
            longer[0] = (byte)length;
            for (int at = 1; at <= length; at++)
                longer[at] = Octet();
            name.CopyTo(longer, length + 1);
            name = longer;
        }

        return name;
    }

    /// <summary>The same name with the case of some letters changed.</summary>
    public byte[] Recase(byte[] name)
    {
        byte[] copy = [.. name];
        for (int at = 0; at < copy.Length; at++)
        {
            if (char.IsAsciiLetter((char)copy[at]) && _random.Next(2) == 0)
                copy[at] ^= 0x20;
        }

        return copy;
    }

    private byte Octet() =>
        _random.Next(30) == 0 ? (byte)_random.Next(256) : Octets[_random.Next(_random.Next(2) == 0 ? Octets.Length : 4)];
}
