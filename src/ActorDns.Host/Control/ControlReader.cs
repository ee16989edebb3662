using System.Buffers.Binary;
using System.Text;

namespace ActorDns.Host.Control;

/// <summary>
/// Reads the tables of a control message: <c>keylen(8) key type(8) length(32) value</c> again and again to the end. Never throws.
/// </summary>
internal ref struct ControlReader(ReadOnlySpan<byte> octets)
{
    /// <summary>Deepest nesting of tables and lists.</summary>
    public const int MaxDepth = 10;

    /// <summary>Most entries of one table; a message has about five.</summary>
    public const int MaxEntries = 256;

    private const byte TypeData = 1;
    private const byte TypeTable = 2;
    private const byte TypeList = 3;

    private readonly ReadOnlySpan<byte> _octets = octets;
    private int _position;

    /// <summary>Reads a table that runs to the end of the octets.</summary>
    public static ControlFault TryReadTable(ReadOnlySpan<byte> octets, out ControlTable table) => TryReadTable(octets, 1, out table);

    /// <summary>Where the first entry ends, and what it is.</summary>
    public static ControlFault TryReadFirst(
        ReadOnlySpan<byte> octets, out string key, out ReadOnlySpan<byte> value, out bool isTable, out int length)
    {
        ControlReader reader = new(octets);
        ControlFault fault = reader.TryReadEntry(out key, out byte type, out value);
        isTable = type == TypeTable;
        length = reader._position;
        return fault;
    }

    private static ControlFault TryReadTable(ReadOnlySpan<byte> octets, int depth, out ControlTable table)
    {
        table = new ControlTable();
        if (depth > MaxDepth)
            return ControlFault.TooDeep;
        ControlReader reader = new(octets);
        for (int count = 0; reader._position < octets.Length; count++)
        {
            if (count == MaxEntries)
                return ControlFault.Syntax;
            ControlFault fault = reader.TryReadEntry(out string key, out byte type, out ReadOnlySpan<byte> value);
            if (fault != ControlFault.None)
                return fault;
            switch (type)
            {
                case TypeData:
                    table.Set(key, value.ToArray());
                    break;
                case TypeTable:
                    fault = TryReadTable(value, depth + 1, out ControlTable inner);
                    if (fault != ControlFault.None)
                        return fault;
                    table.Set(key, inner);
                    break;
                case TypeList:
                    fault = CheckList(value, depth + 1);
                    if (fault != ControlFault.None)
                        return fault;
                    table.Set(key, new ControlTable()); // Lists are part of the format; no message uses one.
                    break;
                default:
                    return ControlFault.Syntax;
            }
        }

        return ControlFault.None;
    }

    private static ControlFault CheckList(ReadOnlySpan<byte> octets, int depth)
    {
        if (depth > MaxDepth)
            return ControlFault.TooDeep;
        ControlReader reader = new(octets);
        while (reader._position < octets.Length)
        {
            ControlFault fault = reader.TryReadValue(out byte type, out ReadOnlySpan<byte> value);
            if (fault == ControlFault.None)
            {
                fault = type switch
                {
                    TypeData => ControlFault.None,
                    TypeTable => TryReadTable(value, depth + 1, out _),
                    TypeList => CheckList(value, depth + 1),
                    _ => ControlFault.Syntax,
                };
            }

            if (fault != ControlFault.None)
                return fault;
        }

        return ControlFault.None;
    }

    private ControlFault TryReadEntry(out string key, out byte type, out ReadOnlySpan<byte> value)
    {
        key = "";
        type = 0;
        value = default;
        if (_position >= _octets.Length)
            return ControlFault.UnexpectedEnd;
        int keyLength = _octets[_position];
        if (_octets.Length - _position - 1 < keyLength)
            return ControlFault.UnexpectedEnd;
        key = Encoding.Latin1.GetString(_octets.Slice(_position + 1, keyLength));
        _position += 1 + keyLength;
        return TryReadValue(out type, out value);
    }

    private ControlFault TryReadValue(out byte type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (_octets.Length - _position < 1 + sizeof(uint))
            return ControlFault.UnexpectedEnd;
        type = _octets[_position];
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_octets[(_position + 1)..]);
        _position += 1 + sizeof(uint);
        if (length > (uint)(_octets.Length - _position))
            return ControlFault.UnexpectedEnd;
        value = _octets.Slice(_position, (int)length);
        _position += (int)length;
        return ControlFault.None;
    }
}
