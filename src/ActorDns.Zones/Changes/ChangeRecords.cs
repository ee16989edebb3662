namespace ActorDns.Zones.Changes;

/// <summary>Records that follow each other in a <see cref="ZoneChange"/>; for <c>foreach</c>, without allocation.</summary>
public readonly ref struct ChangeRecords
{
    private readonly ReadOnlySpan<byte> _wire;

    internal ChangeRecords(ReadOnlySpan<byte> wire) => _wire = wire;

    /// <summary>Starts at the first record.</summary>
    public Enumerator GetEnumerator() => new(_wire);

    /// <summary>Goes through the records.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> wire) => _rest = wire;

        /// <summary>The record that the enumerator stands on.</summary>
        public ChangeRecord Current { get; private set; }

        /// <summary>Goes to the next record.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;
            Current = RecordWire.First(_rest);
            _rest = _rest[Current.Wire.Length..];
            return true;
        }
    }
}
