using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Changes;

/// <summary>One record of a <see cref="ZoneChange"/>, read in place.</summary>
public readonly ref struct ChangeRecord
{
    internal ChangeRecord(ReadOnlySpan<byte> wire, int ownerLength, RecordType type, uint ttl)
    {
        Wire = wire;
        Owner = wire[..ownerLength];
        Type = type;
        Ttl = ttl;
        Rdata = wire[(ownerLength + RecordWire.FixedBytes)..];
    }

    /// <summary>The whole record in uncompressed wire form (RFC 1035 §3.2.1).</summary>
    public ReadOnlySpan<byte> Wire { get; }

    /// <summary>The owner in uncompressed wire form.</summary>
    public ReadOnlySpan<byte> Owner { get; }

    /// <summary>TYPE.</summary>
    public RecordType Type { get; }

    /// <summary>TTL in seconds.</summary>
    public uint Ttl { get; }

    /// <summary>RDATA, names in it uncompressed.</summary>
    public ReadOnlySpan<byte> Rdata { get; }

    /// <summary>Appends <c>owner ttl IN type rdata</c> in presentation form, on one line.</summary>
    public void AppendText(StringBuilder text)
    {
        NameText.Append(text, Owner, keepFinalDot: true);
        text.Append(' ').Append(Ttl).Append(" IN ").Append(Type.ToString()).Append(' ');
        RecordFormats.Of(Type).AppendText(text, Rdata);
    }

    /// <inheritdoc cref="AppendText"/>
    public override string ToString()
    {
        StringBuilder text = new();
        AppendText(text);
        return text.ToString();
    }
}
