using System.Diagnostics;
using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Changes;

/// <summary>
/// Changes of a zone that follow each other: a single one, or as many blocks as a history puts together. Immutable; what they come to is
/// computed when it is first asked for.
/// </summary>
internal sealed class ChangeBlock
{
    private readonly ChangeBlock[] _parts;
    private ZoneChange? _whole;

    /// <summary>A single change.</summary>
    public ChangeBlock(ZoneChange change)
    {
        _parts = [];
        _whole = change;
        From = change.SerialFrom;
        To = change.SerialTo;
        Count = 1;
        Bytes = change.Wire.Length;
    }

    /// <summary>Blocks of one level, oldest first.</summary>
    public ChangeBlock(ChangeBlock[] parts)
    {
        _parts = parts;
        From = parts[0].From;
        To = parts[^1].To;
        Level = parts[0].Level + 1;
        foreach (ChangeBlock part in parts)
        {
            Count += part.Count;
            Bytes += part.Bytes;
        }
    }

    /// <summary>Serial of the version that the first change starts from.</summary>
    public Serial From { get; }

    /// <summary>Serial of the version that the last change leads to.</summary>
    public Serial To { get; }

    /// <summary>0 for a single change, one more than that of its parts for others.</summary>
    public int Level { get; }

    /// <summary>Number of changes.</summary>
    public int Count { get; }

    /// <summary>Octets of the changes themselves.</summary>
    public long Bytes { get; }

    /// <summary>What it is put together from, oldest first; empty for a single change.</summary>
    public ReadOnlySpan<ChangeBlock> Parts => _parts;

    /// <summary>All changes as one (RFC 1995 §6).</summary>
    public ZoneChange Whole => Volatile.Read(ref _whole) ?? Condense();

    /// <summary>
    /// Puts the fewest blocks that lead from a serial to the end of this one into a list, newest first; false when no change here starts
    /// from it. A block that spans more than the serials' whole round may not find it.
    /// </summary>
    public bool TryCollect(Serial from, List<ChangeBlock> newestFirst)
    {
        if (From == from)
        {
            newestFirst.Add(this);
            return true;
        }

        if (_parts.Length == 0 || from.Value - From.Value >= To.Value - From.Value)
            return false;
        int before = newestFirst.Count;
        for (int i = _parts.Length - 1; i >= 0; i--)
        {
            if (_parts[i].TryCollect(from, newestFirst))
                return true;
            newestFirst.Add(_parts[i]);
        }

        newestFirst.RemoveRange(before, newestFirst.Count - before);
        return false;
    }

    private ZoneChange Condense()
    {
        bool isCondensed = ZoneChange.TryCondense(Array.ConvertAll(_parts, static part => part.Whole), out ZoneChange? whole);
        Debug.Assert(isCondensed, "Its parts follow each other.");
        Volatile.Write(ref _whole, whole);
        return whole!;
    }
}
