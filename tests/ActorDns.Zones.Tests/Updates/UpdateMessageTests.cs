using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

public sealed class UpdateMessageTests
{
    [Fact]
    public void Message_gives_zone_prerequisites_and_updates()
    {
        UpdateMessage message = new UpdateWriter()
            .Prerequisite(RecordClass.Any, "a.example.", RecordType.Any)
            .Add("B.example.", RecordType.A, ZoneSamples.Address(7), 90)
            .Message();
        Assert.Equal((ZoneSamples.Origin, RecordClass.In), (message.Zone, message.ZoneClass));
        Assert.Equal((1, 1), (message.Prerequisites.Length, message.Updates.Length));
        UpdateRecord prerequisite = message.Prerequisites[0];
        Assert.Equal((RecordClass.Any, RecordType.Any, 0), (prerequisite.Class, prerequisite.Type, prerequisite.Rdata.Length));
        UpdateRecord update = message.Updates[0];
        Assert.Equal("B.example.", NameText.ToText(update.Owner, keepFinalDot: true));
        Assert.Equal((RecordClass.In, RecordType.A, 90u), (update.Class, update.Type, update.Ttl));
        Assert.Equal(ZoneSamples.Address(7), update.Rdata.ToArray());
    }

    [Fact]
    public void Names_are_decompressed_in_owner_and_rdata()
    {
        byte[] wire =
        [
            .. new UpdateWriter().Wire(),
            1, (byte)'a', 0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 7, 0, 10, 2, (byte)'m', (byte)'x', 0xC0, 12,
        ];
        wire[9] = 1;
        Assert.True(UpdateMessage.TryParse(wire, out UpdateMessage? message, out _));
        Assert.Equal(ZoneSamples.Wire("a.example."), message.Updates[0].Owner.ToArray());
        Assert.Equal([0, 10, .. ZoneSamples.Wire("mx.example.")], message.Updates[0].Rdata.ToArray());
    }

    [Fact, Rfc(2136, "3.1.1")]
    public void Zone_section_without_zone_is_malformed() =>
        Refuse(new UpdateWriter(withZone: false), "update zone section empty");

    [Fact, Rfc(2136, "3.1.1")]
    public void Zone_section_with_two_zones_is_malformed() =>
        Refuse(new UpdateWriter().Zone("example."), "update zone section contains multiple RRs");

    [Fact, Rfc(2136, "3.1.1")]
    public void Zone_section_of_another_type_than_soa_is_malformed() =>
        Refuse(new UpdateWriter(withZone: false).Zone("example.", RecordType.Ns), "update zone section contains non-SOA");

    [Fact]
    public void Rdata_without_the_form_of_its_type_is_malformed()
    {
        Refuse(new UpdateWriter().Add("a.example.", RecordType.A, [1, 2, 3]), "malformed record (BadRdata)");
        Refuse(new UpdateWriter().Add("a.example.", RecordType.A, []), "malformed record (BadRdata)");
    }

    [Fact, Rfc(2136, "2.5.4")]
    public void Removal_of_a_record_names_it_with_its_rdata()
    {
        Refuse(new UpdateWriter().Update(RecordClass.None, "a.example.", RecordType.A, [], 0), "malformed record (BadRdata)");
        UpdateMessage absent = new UpdateWriter().Prerequisite(RecordClass.None, "a.example.", RecordType.A, [], 0).Message();
        Assert.True(absent.Prerequisites[0].Rdata.IsEmpty);
    }

    [Fact]
    public void Cut_message_is_malformed()
    {
        byte[] wire = new UpdateWriter().Add("a.example.", RecordType.A, ZoneSamples.Address(1)).Wire();
        for (int length = 0; length < wire.Length; length++)
            Assert.False(UpdateMessage.TryParse(wire.AsSpan(0, length), out _, out _));
    }

    [Fact, Rfc(2181, "8")]
    public void Ttl_with_the_top_bit_set_counts_as_zero()
    {
        UpdateMessage message = new UpdateWriter().Add("a.example.", RecordType.A, ZoneSamples.Address(1), 0x80000001).Message();
        Assert.Equal((0u, 0x80000001u), (message.Updates[0].Ttl, message.Updates[0].TtlBits));
    }

    private static void Refuse(UpdateWriter writer, string reason)
    {
        Assert.False(UpdateMessage.TryParse(writer.Wire(), out _, out string? found));
        Assert.Equal(reason, found);
    }
}
