using System.Diagnostics;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Messages;

/// <summary>
/// Where names, and the ends of names, stand in the message that is being written, so that later ones can point to them
/// (RFC 1035 §4.1.4). An open-addressed table that one writer reuses from message to message; it never grows: a name that finds no
/// room is written in full.
/// </summary>
/// <param name="capacityLog2">Binary logarithm of the number of slots: 8 for single answers, 13 for transfers.</param>
/// <param name="caseSensitive">True to point only at names in the same case, so that owner case survives (RFC 5936 §3.4).</param>
public sealed class CompressionTable(int capacityLog2, bool caseSensitive)
{
    private const int MaxOffset = 0x3FFF;
    private readonly uint[] _slots = new uint[1 << capacityLog2];
    private readonly ushort[] _log = new ushort[(1 << capacityLog2) / 2];
    private readonly int _mask = (1 << capacityLog2) - 1;
    private int _used;

    /// <summary>Number of remembered names; pass it to <see cref="Rewind"/> to forget all that came after.</summary>
    public int Mark => _used;

    /// <summary>Forgets everything.</summary>
    public void Clear() => Rewind(0);

    /// <summary>Forgets the names that were added after <paramref name="mark"/> was taken.</summary>
    public void Rewind(int mark)
    {
        // Slots are emptied in the reverse order of their filling, so that probe sequences stay whole.
        if (mark == 0 && _used > _slots.Length / 8)
        {
            Array.Clear(_slots);
            _used = 0;
            return;
        }

        while (_used > mark)
            _slots[_log[--_used]] = 0;
    }

    /// <summary>Finds where the same labels already stand in <paramref name="message"/>; 0 when they do not.</summary>
    internal int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> nameEnd, uint hash)
    {
        uint tag = hash & 0xFFFF_C000u;
        for (int slot = (int)(hash & (uint)_mask); _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            uint entry = _slots[slot];
            if ((entry & 0xFFFF_C000u) != tag)
                continue;
            int offset = (int)(entry & MaxOffset);
            if (StandsAt(message, offset, nameEnd))
                return offset;
        }

        return 0;
    }

    /// <summary>Remembers that the labels with this hash start at <paramref name="offset"/>; out of a pointer's reach is ignored.</summary>
    internal void Add(int offset, uint hash)
    {
        Debug.Assert(offset >= MessageHeader.Bytes);
        if (offset > MaxOffset || _used == _log.Length)
            return;
        int slot = (int)(hash & (uint)_mask);
        while (_slots[slot] != 0)
            slot = (slot + 1) & _mask;
        _slots[slot] = (hash & 0xFFFF_C000u) | (uint)offset;
        _log[_used++] = (ushort)slot;
    }

    private bool StandsAt(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> nameEnd)
    {
        int at = 0;
        while (true)
        {
            int octet = message[offset];
            if (octet >= 0xC0)
            {
                offset = ((octet & 0x3F) << 8) | message[offset + 1];
                continue;
            }

            if (octet != nameEnd[at])
                return false;
            if (octet == 0)
                return true;
            ReadOnlySpan<byte> written = message.Slice(offset + 1, octet);
            ReadOnlySpan<byte> wanted = nameEnd.Slice(at + 1, octet);
            if (!(caseSensitive ? written.SequenceEqual(wanted) : WireName.Equal(written, wanted)))
                return false;
            offset += octet + 1;
            at += octet + 1;
        }
    }
}
