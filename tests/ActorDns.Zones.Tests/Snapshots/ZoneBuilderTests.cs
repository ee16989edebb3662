using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Snapshots;

public sealed class ZoneBuilderTests
{
    [Fact, Rfc(4592, "2.2.2")]
    public void Empty_non_terminals_up_to_the_apex_are_names_of_the_zone()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("a.b.c.example.", RecordType.A, ZoneSamples.Address(1));
        ZoneSnapshot zone = builder.Build();

        Assert.Equal(["example.", "c.example.", "b.c.example.", "a.b.c.example."], ZoneSamples.Names(zone.Names));
        Assert.Equal(NameTraits.EmptyNonTerminal, zone.Names.Find("b.c.example.").Traits);
        Assert.Equal(4, zone.NameCount);
        Assert.Equal(3, zone.RecordCount);
    }

    [Fact]
    public void Empty_non_terminal_that_gets_a_record_later_is_none_any_more()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("a.b.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("b.example.", RecordType.A, ZoneSamples.Address(2));
        ZoneSnapshot zone = builder.Build();

        Assert.Equal(NameTraits.None, zone.Names.Find("b.example.").Traits);
    }

    [Fact, Rfc(2181, "5")]
    public void Duplicate_record_is_dropped_even_when_names_in_it_differ_by_case()
    {
        ZoneBuilder builder = ZoneSamples.Builder();

        Assert.Equal(AddResult.Duplicate, builder.Add("EXAMPLE.", RecordType.Ns, ZoneSamples.Wire("NS.example."), 3600));
        Assert.Equal(2, builder.Build().RecordCount);
    }

    [Fact, Rfc(2181, "5.2")]
    public void Set_keeps_the_ttl_of_its_first_record()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(2), 60);

        Assert.Equal(AddResult.TtlAdjusted, builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1), 90));
        Assert.True(builder.Build().Names.Find("a.example.").TryFind(RecordType.A, out RecordSetView set));
        Assert.Equal(60u, set.Ttl);
        Assert.Equal(2, set.Count);
    }

    [Fact, Rfc(4034, "6.3")]
    public void Records_stand_in_canonical_order_however_they_came()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(3));
        builder.Add("b.example.", RecordType.A, ZoneSamples.Address(9));
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(2));
        Assert.True(builder.Build().Names.Find("a.example.").TryFind(RecordType.A, out RecordSetView set));

        List<byte> lasts = [];
        foreach (ReadOnlySpan<byte> rdata in set)
            lasts.Add(rdata[3]);
        Assert.Equal([1, 2, 3], lasts);
        Assert.Equal(18, set.Packed.Length);
    }

    [Fact]
    public void Signatures_follow_the_set_that_they_cover()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        foreach (RecordType covered in (RecordType[])[RecordType.Txt, RecordType.Mx, RecordType.A])
            builder.Add("a.example.", RecordType.Rrsig, ZoneSamples.Rrsig(covered));
        builder.Add("a.example.", RecordType.Txt, [1, (byte)'x']);
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1));
        NameView name = builder.Build().Names.Find("a.example.");

        List<(RecordType, RecordType)> sets = [];
        foreach (RecordSetView set in name)
            sets.Add((set.Type, set.Covered));
        Assert.Equal(
            [
                (RecordType.A, default), (RecordType.Rrsig, RecordType.A), (RecordType.Rrsig, RecordType.Mx),
                (RecordType.Txt, default), (RecordType.Rrsig, RecordType.Txt),
            ],
            sets);
        Assert.True(name.TryFind(RecordType.Txt, out RecordSetView text));
        Assert.True(text.TryGetSignatures(out RecordSetView signatures));
        Assert.Equal(RecordType.Txt, signatures.Covered);
        Assert.False(signatures.TryGetSignatures(out _));
        Assert.False(name.TryFind(RecordType.Mx, out _));
    }

    [Fact, Rfc(2181, "10.1")]
    public void Cname_beside_other_data_is_refused_either_way_but_not_beside_dnssec_types()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("a.example.", RecordType.Cname, ZoneSamples.Wire("b.example."));
        Assert.Equal(AddResult.CnameConflict, builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1)));
        Assert.Equal(AddResult.Added, builder.Add("a.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Cname)));
        Assert.Equal(AddResult.SingletonConflict, builder.Add("a.example.", RecordType.Cname, ZoneSamples.Wire("c.example.")));
        builder.Add("b.example.", RecordType.A, ZoneSamples.Address(1));
        Assert.Equal(AddResult.CnameConflict, builder.Add("b.example.", RecordType.Cname, ZoneSamples.Wire("c.example.")));
    }

    [Fact]
    public void Records_that_no_zone_can_hold_are_refused_with_the_reason()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("d.example.", RecordType.Dname, ZoneSamples.Wire("x."));

        Assert.Equal(AddResult.OutOfZone, builder.Add("example.org.", RecordType.A, ZoneSamples.Address(1)));
        Assert.Equal(AddResult.DnameConflict, builder.Add("d.example.", RecordType.Dname, ZoneSamples.Wire("y.")));
        Assert.Equal(AddResult.SingletonConflict, builder.Add("example.", RecordType.Soa, ZoneSamples.Soa(2)));
        Assert.Equal(AddResult.SoaNotAtApex, builder.Add("s.example.", RecordType.Soa, ZoneSamples.Soa(2)));
        Assert.Equal(AddResult.MetaType, builder.Add("s.example.", RecordType.Any, []));
        Assert.Equal(AddResult.BadRdata, builder.Add("s.example.", RecordType.Rrsig, [1]));
        Assert.Equal(["example.", "d.example."], ZoneSamples.Names(builder.Build().Names));
    }

    [Fact, Rfc(5155, "7.2.8")]
    public void Owners_of_nsec3_are_no_names_of_the_zone()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("example.", RecordType.Nsec3Param, ZoneSamples.Nsec3Param());
        builder.Add("0abc.example.", RecordType.Nsec3, [1, 0, 0, 5, 0]);
        builder.Add("0abc.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Nsec3));
        builder.Add("www.example.", RecordType.A, ZoneSamples.Address(1));
        ZoneSnapshot zone = builder.Build();

        Assert.Equal(["example.", "www.example."], ZoneSamples.Names(zone.Names));
        Assert.Equal(["0abc.example."], ZoneSamples.Names(zone.Nsec3Names));
        Assert.True(zone.Nsec3Names.First.TryFind(RecordType.Nsec3, out RecordSetView set) && set.TryGetSignatures(out _));
        Assert.True(zone.UsesNsec3);
        Assert.Equal(5, zone.Nsec3Parameters.Iterations);
        Assert.Equal([0xAA, 0xBB], zone.Nsec3Parameters.Salt.ToArray());
    }

    [Fact]
    public void Snapshot_knows_what_kinds_of_name_it_holds()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        builder.Add("*.w.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("cut.example.", RecordType.Ns, ZoneSamples.Wire("ns.cut.example."));
        builder.Add("d.example.", RecordType.Dname, ZoneSamples.Wire("x."));
        ZoneSnapshot zone = builder.Build();

        Assert.True(zone.HasWildcards && zone.HasDelegations && zone.HasDnames);
        Assert.False(zone.IsSigned || zone.UsesNsec3);
        Assert.Equal(NameTraits.Wildcard, zone.Names.Find("*.w.example.").Traits);
        Assert.Equal(NameTraits.Delegation, zone.Names.Find("cut.example.").Traits);
        Assert.Equal(NameTraits.Apex, zone.Apex.Traits);
        Assert.Equal(new Serial(1), zone.Serial);
    }

    [Theory, Rfc(2308, "5")]
    [InlineData(3600u, 300u, 300u)]
    [InlineData(60u, 300u, 60u)]
    public void Negative_ttl_is_the_lesser_of_soa_ttl_and_minimum(uint ttl, uint minimum, uint expected)
    {
        ZoneBuilder builder = new(ZoneSamples.Origin);
        builder.Add("example.", RecordType.Soa, ZoneSamples.Soa(7, minimum), ttl);
        builder.Add("example.", RecordType.Ns, ZoneSamples.Wire("ns.example."));

        Assert.Equal(expected, builder.Build().NegativeTtl);
    }

    [Fact]
    public void Build_says_what_the_apex_lacks_and_goes_on()
    {
        ZoneBuilder builder = new(ZoneSamples.Origin);
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1));
        Assert.False(builder.TryBuild(out _, out ZoneBuildError noSoa));
        builder.Add("example.", RecordType.Soa, ZoneSamples.Soa(1));
        Assert.False(builder.TryBuild(out _, out ZoneBuildError noNs));
        builder.Add("example.", RecordType.Ns, ZoneSamples.Wire("ns.example."));
        Assert.True(builder.TryBuild(out _, out ZoneBuildError none));

        Assert.Equal([ZoneBuildError.NoSoa, ZoneBuildError.NoNs, ZoneBuildError.None], [noSoa, noNs, none]);
    }

    [Fact]
    public void Set_of_many_records_at_one_name_survives_a_return_to_that_name()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        for (uint number = 5000; number > 0; number--)
            builder.Add("big.example.", RecordType.A, ZoneSamples.Address(number));
        builder.Add("x.example.", RecordType.A, ZoneSamples.Address(1));
        for (uint number = 4000; number < 30000; number++)
            builder.Add("big.example.", RecordType.A, ZoneSamples.Address(number));
        Assert.True(builder.Build().Names.Find("big.example.").TryFind(RecordType.A, out RecordSetView set));

        Assert.Equal(29999, set.Count);
        uint expected = 1;
        foreach (ReadOnlySpan<byte> rdata in set)
            Assert.True(rdata.SequenceEqual(ZoneSamples.Address(expected++)));
    }

    [Fact]
    public void Zone_of_many_names_takes_less_than_eighty_octets_a_name()
    {
        const int Names = 100_000;
        ZoneBuilder builder = ZoneSamples.Builder();
        Random random = new(1);
        byte[] owner = ZoneSamples.Wire("host-000000.example.");
        for (int number = 0; number < Names; number++)
        {
            int scattered = (int)((uint)number * 7919 % Names);
            for (int digit = 0, rest = scattered; digit < 6; digit++, rest /= 10)
                owner[11 - digit] = (byte)('0' + (rest % 10));
            builder.Add(owner, RecordType.A, 60, ZoneSamples.Address((uint)random.Next()));
        }

        ZoneSnapshot zone = builder.Build();

        Assert.Equal(Names + 1, zone.NameCount);
        Assert.InRange(zone.Bytes / (double)zone.NameCount, 40, 80);
    }

    [Fact]
    public void Mixed_zone_takes_less_than_two_hundred_octets_a_record_with_what_the_arena_holds_in_reserve()
    {
        ZoneArena arena = new() { IsShared = true };
        ZoneBuilder builder = ZoneSamples.Builder(arena);
        for (int number = 0; number < 20_000; number++)
        {
            string owner = $"host{number}.dept{number % 37}.example.";
            builder.Add(owner, RecordType.A, ZoneSamples.Address((uint)number));
            builder.Add(owner, RecordType.Aaaa, new byte[16]);
            if (number % 3 == 0)
                builder.Add(owner, RecordType.Mx, [0, 10, .. ZoneSamples.Wire("mail.example.")]);
            if (number % 4 == 0)
                builder.Add(owner, RecordType.Txt, [60, .. new byte[60]]);
        }

        ZoneSnapshot zone = builder.Build();

        Assert.InRange(arena.BytesReserved / (double)zone.RecordCount, 20, 200);
    }
}
