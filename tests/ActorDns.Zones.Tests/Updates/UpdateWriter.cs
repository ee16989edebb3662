using System.Buffers.Binary;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>Writes UPDATE messages octet by octet, right and wrong ones (RFC 2136 §2).</summary>
internal sealed class UpdateWriter
{
    private readonly List<byte> _zones = [];
    private readonly List<byte> _prerequisites = [];
    private readonly List<byte> _updates = [];
    private readonly ushort[] _counts = new ushort[4];

    public static readonly UpdateRequester Anybody = new(NetAddress.FromIPv4(0x7F000001), AccessTransports.Tcp);

    public UpdateWriter(bool withZone = true)
    {
        if (withZone)
            Zone("example.");
    }

    public static byte[] Text(string text) => [(byte)text.Length, .. text.Select(letter => (byte)letter)];

    public UpdateWriter Zone(string name, RecordType? type = null, RecordClass? recordClass = null)
    {
        _zones.AddRange(ZoneSamples.Wire(name));
        Append(_zones, (type ?? RecordType.Soa).Value);
        Append(_zones, (recordClass ?? RecordClass.In).Value);
        _counts[0]++;
        return this;
    }

    public UpdateWriter Prerequisite(RecordClass recordClass, string owner, RecordType type, byte[]? rdata = null, uint ttl = 0)
    {
        Append(_prerequisites, recordClass, owner, type, rdata ?? [], ttl);
        _counts[1]++;
        return this;
    }

    public UpdateWriter Update(RecordClass recordClass, string owner, RecordType type, byte[]? rdata = null, uint ttl = 0)
    {
        Append(_updates, recordClass, owner, type, rdata ?? [], ttl);
        _counts[2]++;
        return this;
    }

    public UpdateWriter Add(string owner, RecordType type, byte[] rdata, uint ttl = 60) =>
        Update(RecordClass.In, owner, type, rdata, ttl);

    public UpdateWriter Remove(string owner, RecordType type, byte[] rdata) => Update(RecordClass.None, owner, type, rdata);

    public UpdateWriter RemoveSet(string owner, RecordType type) => Update(RecordClass.Any, owner, type);

    public UpdateWriter RemoveAll(string owner) => Update(RecordClass.Any, owner, RecordType.Any);

    public byte[] Wire()
    {
        byte[] header = new byte[12];
        header[2] = 0x28;
        for (int section = 0; section < _counts.Length; section++)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4 + (2 * section)), _counts[section]);
        return [.. header, .. _zones, .. _prerequisites, .. _updates];
    }

    public UpdateMessage Message()
    {
        Assert.True(UpdateMessage.TryParse(Wire(), out UpdateMessage? message, out string? reason), reason);
        return message;
    }

    public UpdateRequest Request() => new(Message(), Anybody);

    private static void Append(List<byte> to, ushort value) => to.AddRange((byte)(value >> 8), (byte)value);

    private static void Append(List<byte> to, RecordClass recordClass, string owner, RecordType type, byte[] rdata, uint ttl)
    {
        to.AddRange(ZoneSamples.Wire(owner));
        Append(to, type.Value);
        Append(to, recordClass.Value);
        Append(to, (ushort)(ttl >> 16));
        Append(to, (ushort)ttl);
        Append(to, (ushort)rdata.Length);
        to.AddRange(rdata);
    }
}
