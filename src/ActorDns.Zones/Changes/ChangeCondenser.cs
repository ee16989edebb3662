using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Changes;

/// <summary>Several changes as one (RFC 1995 §6): for each record what was there first and what is there last.</summary>
internal sealed class ChangeCondenser(ZoneChange first)
{
    private readonly Dictionary<byte[], Ends> _records = new(OctetsComparer.Instance);
    private readonly ZoneChange _first = first;

    /// <summary>Takes the next change.</summary>
    public void Take(ZoneChange change)
    {
        foreach (ChangeRecord record in change.Removed)
        {
            Ends ends = EndsOf(record);
            if (ends.Last is null)
                ends.First ??= record.Wire.ToArray();
            ends.Last = null;
        }

        foreach (ChangeRecord record in change.Added)
            EndsOf(record).Last = record.Wire.ToArray();
    }

    /// <summary>What remains, from the first change's old SOA to the last one's new SOA.</summary>
    public ZoneChange Build(ZoneChange last)
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(_first.OldSoa);
        builder.SetNewSoa(last.NewSoa);
        foreach (Ends ends in _records.Values)
        {
            if (ends.First is not null && ends.Last is not null && ends.First.AsSpan().SequenceEqual(ends.Last))
                continue;
            if (ends.First is not null)
                builder.Remove(RecordWire.First(ends.First));
            if (ends.Last is not null)
                builder.Add(RecordWire.First(ends.Last));
        }

        return builder.Build();
    }

    // Records are the same when owner, type and rdata are, case apart where names are compared without it (RFC 4034 §6.2).
    private Ends EndsOf(ChangeRecord record)
    {
        byte[] key = new byte[sizeof(ushort) + record.Owner.Length + record.Rdata.Length];
        BinaryPrimitives.WriteUInt16BigEndian(key, record.Type.Value);
        WireName.CopyFolded(record.Owner, key.AsSpan(sizeof(ushort)));
        RecordFormats.Of(record.Type).WriteCanonical(record.Rdata, key.AsSpan(sizeof(ushort) + record.Owner.Length));
        if (!_records.TryGetValue(key, out Ends? ends))
            _records.Add(key, ends = new Ends());
        return ends;
    }

    private sealed class Ends
    {
        /// <summary>The record in the version before the first change, when a change removed it.</summary>
        public byte[]? First { get; set; }

        /// <summary>The record that a change added, when none removed it later.</summary>
        public byte[]? Last { get; set; }
    }

    private sealed class OctetsComparer : IEqualityComparer<byte[]>
    {
        public static readonly OctetsComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            HashCode hash = default;
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}
