using System.Buffers.Binary;
using System.Text;

namespace ActorDns.System.Tests.Wire;

/// <summary>
/// A message written octet by octet, right or wrong: names with a pointer to wherever their end stands already, or without, records of any
/// form, counts that need not be true.
/// </summary>
/// <param name="isCompressed">Asked for each name, whether in its place a pointer is put.</param>
public sealed class RawMessage(Func<bool> isCompressed)
{
    private const int HeaderBytes = 12;
    private const int MaxPointer = 0x3FFF;
    private readonly List<byte> _octets = [.. new byte[HeaderBytes]];
    private readonly Dictionary<string, int> _places = [];

    /// <summary>Octets so far.</summary>
    public int Length => _octets.Count;

    /// <summary>Puts 16 bits anywhere, the header included.</summary>
    public void Set(int at, int value)
    {
        _octets[at] = (byte)(value >> 8);
        _octets[at + 1] = (byte)value;
    }

    public void UInt16(int value) => _octets.AddRange([(byte)(value >> 8), (byte)value]);

    public void UInt32(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        _octets.AddRange(octets);
    }

    public void Bytes(ReadOnlySpan<byte> octets) => _octets.AddRange(octets);

    /// <summary>A name in presentation form without escapes, absolute.</summary>
    public void Name(string name, bool mayPoint = true)
    {
        for (string rest = name; rest is not ("." or ""); rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (mayPoint && _places.TryGetValue(rest, out int place) && isCompressed())
            {
                UInt16(0xC000 | place);
                return;
            }

            if (_octets.Count <= MaxPointer)
                _places[rest] = _octets.Count;
            string label = rest[..rest.IndexOf('.', StringComparison.Ordinal)];
            _octets.Add((byte)label.Length);
            _octets.AddRange(Encoding.Latin1.GetBytes(label));
        }

        _octets.Add(0);
    }

    /// <summary>
    /// A record; <paramref name="rdata"/> is made of names (<see cref="string"/>) and octets, and its length is what comes out plus
    /// <paramref name="surplus"/>. In types after RFC 1035 and those that RFC 3597 §4 lists no name is a pointer.
    /// </summary>
    public void Record(string owner, int type, int recordClass, uint ttl, object[] rdata, int surplus = 0)
    {
        Name(owner);
        UInt16(type);
        UInt16(recordClass);
        UInt32(ttl);
        int at = Length;
        UInt16(0);
        foreach (object piece in rdata)
        {
            if (piece is string name)
                Name(name, mayPoint: type is < 22 or 26 or 30 or 33 or 35);
            else
                Bytes((byte[])piece);
        }

        Set(at, Math.Max(0, Length - at - 2 + surplus));
    }

    public byte[] ToArray() => [.. _octets];
}
