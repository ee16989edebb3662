using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Changes;

namespace ActorDns.Zones.Snapshots;

/// <summary>Makes a snapshot from the chunks that <see cref="ZoneContent"/> wrote. Dispose it, whatever came of it.</summary>
/// <param name="origin">Name of the zone.</param>
public sealed class ZoneContentReader(DomainName origin) : IDisposable
{
    private readonly ZoneBuilder _builder = new(origin);

    /// <summary>Takes the next chunk; false when it holds anything but whole records of the zone.</summary>
    public bool TryAdd(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            if (!RecordWire.TryReadFirst(chunk, out ChangeRecord record)
                || _builder.Add(record.Owner, record.Type, record.Ttl, record.Rdata) != AddResult.Added)
            {
                return false;
            }

            chunk = chunk[record.Wire.Length..];
        }

        return true;
    }

    /// <summary>Gives the zone when its content is whole.</summary>
    public bool TryBuild([NotNullWhen(true)] out ZoneSnapshot? snapshot) => _builder.TryBuild(out snapshot, out _);

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();
}
