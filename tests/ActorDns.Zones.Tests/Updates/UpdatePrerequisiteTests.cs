using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>Each prerequisite satisfied and not, in a zone with <c>a</c> (two A) and <c>x.ent</c> (one A).</summary>
public sealed class UpdatePrerequisiteTests
{
    [Fact, Rfc(2136, "3.2")]
    public void Name_outside_the_zone_is_notzone() =>
        Expect(Rcode.NotZone, RecordClass.Any, "a.other.", RecordType.A, "prerequisite name is out of zone");

    [Fact, Rfc(2136, "3.2.1")]
    public void Name_in_use_is_satisfied_by_a_record() => Expect(Rcode.NoError, RecordClass.Any, "A.example.", RecordType.Any);

    [Fact, Rfc(2136, "3.2.1")]
    public void Name_in_use_fails_with_nxdomain() => Expect(
        Rcode.NxDomain, RecordClass.Any, "z.example.", RecordType.Any, "z.example: 'name in use' prerequisite not satisfied");

    [Fact, Rfc(2136, "2.4.4")]
    public void Name_in_use_is_not_satisfied_by_an_empty_non_terminal() =>
        Expect(Rcode.NxDomain, RecordClass.Any, "ent.example.", RecordType.Any);

    [Fact, Rfc(2136, "2.4.5")]
    public void Name_not_in_use_is_satisfied_by_an_empty_non_terminal() =>
        Expect(Rcode.NoError, RecordClass.None, "ent.example.", RecordType.Any);

    [Fact, Rfc(2136, "3.2.2")]
    public void Name_not_in_use_fails_with_yxdomain() => Expect(
        Rcode.YxDomain, RecordClass.None, "a.example.", RecordType.Any, "a.example: 'name not in use' prerequisite not satisfied");

    [Fact, Rfc(2136, "3.2.1")]
    public void Set_exists_is_satisfied_by_any_record_of_the_type() =>
        Expect(Rcode.NoError, RecordClass.Any, "a.example.", RecordType.A);

    [Fact, Rfc(2136, "3.2.1")]
    public void Set_exists_fails_with_nxrrset()
    {
        Expect(
            Rcode.NxRrset,
            RecordClass.Any,
            "a.example.",
            RecordType.Aaaa,
            "a.example/AAAA: 'rrset exists (value independent)' prerequisite not satisfied");
        Expect(Rcode.NxRrset, RecordClass.Any, "z.example.", RecordType.A);
    }

    [Fact, Rfc(2136, "3.2.2")]
    public void Set_does_not_exist_fails_with_yxrrset()
    {
        Expect(Rcode.YxRrset, RecordClass.None, "a.example.", RecordType.A, "a.example/A: 'rrset does not exist' prerequisite not satisfied");
        Expect(Rcode.NoError, RecordClass.None, "a.example.", RecordType.Aaaa);
    }

    [Fact, Rfc(2136, "3.2.3")]
    public void Set_with_values_must_be_equal_as_a_set()
    {
        Assert.Equal(Rcode.NoError, Values("a.example.", 2, 1));
        Assert.Equal(Rcode.NoError, Values("a.example.", 1, 2, 1));
        Assert.Equal(Rcode.NxRrset, Values("a.example.", 1));
        Assert.Equal(Rcode.NxRrset, Values("a.example.", 1, 2, 3));
        Assert.Equal(Rcode.NxRrset, Values("a.example.", 1, 3));
        Assert.Equal(Rcode.NxRrset, Values("z.example.", 1));
    }

    [Fact, Rfc(2136, "3.2.3")]
    public void Names_in_values_are_compared_without_case()
    {
        using UpdateHarness harness = Harness();
        UpdateWriter update = new UpdateWriter().Prerequisite(RecordClass.In, "example.", RecordType.Ns, ZoneSamples.Wire("NS.example."));
        Assert.Equal(Rcode.NoError, harness.Run(update).Rcode);
    }

    [Fact, Rfc(2136, "3.2.3")]
    public void Class_of_no_meaning_is_malformed() => Expect(
        Rcode.FormErr, RecordClass.Ch, "a.example.", RecordType.A, "malformed prerequisite", ZoneSamples.Address(1));

    [Theory, Rfc(2136, "3.2.1")]
    [InlineData(255)]
    [InlineData(254)]
    [InlineData(1)]
    public void Prerequisite_with_a_ttl_is_malformed(ushort recordClass)
    {
        using UpdateHarness harness = Harness();
        byte[]? rdata = recordClass == 1 ? ZoneSamples.Address(1) : null;
        UpdateResult result = harness.Run(new UpdateWriter().Prerequisite(new(recordClass), "a.example.", RecordType.A, rdata, 1));
        Assert.Equal("update failed: prerequisite TTL is not zero (FORMERR)", result.Failure?.Text);
    }

    [Fact, Rfc(2136, "3.2.2")]
    public void Prerequisite_of_a_metaclass_with_rdata_is_malformed()
    {
        Expect(
            Rcode.FormErr, RecordClass.Any, "a.example.", RecordType.A, "class ANY prerequisite RDATA is not empty", ZoneSamples.Address(1));
        Expect(
            Rcode.FormErr, RecordClass.None, "a.example.", RecordType.A, "class NONE prerequisite RDATA is not empty", ZoneSamples.Address(1));
    }

    [Fact]
    public void Prerequisites_alone_change_nothing()
    {
        using UpdateHarness harness = Harness();
        UpdateResult result = harness.Run(new UpdateWriter().Prerequisite(RecordClass.Any, "a.example.", RecordType.A));
        Assert.Equal((Rcode.NoError, null), (result.Rcode, result.Change));
    }

    [Fact]
    public void Set_of_signatures_is_compared_whole()
    {
        ZoneBuilder builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("s.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Mx));
        builder.Add("s.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.A));
        using UpdateHarness harness = new(builder.Build());
        UpdateWriter one = new UpdateWriter()
            .Prerequisite(RecordClass.In, "s.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.A));
        Assert.Equal(Rcode.NxRrset, harness.Run(one).Rcode);
        one.Prerequisite(RecordClass.In, "s.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Mx));
        Assert.Equal(Rcode.NoError, harness.Run(one).Rcode);
    }

    private static UpdateHarness Harness() =>
        new(ChangeSamples.Zone(("a.example.", 1), ("a.example.", 2), ("x.ent.example.", 1)));

    private static Rcode Values(string owner, params uint[] numbers)
    {
        using UpdateHarness harness = Harness();
        UpdateWriter update = new();
        foreach (uint number in numbers)
            update.Prerequisite(RecordClass.In, owner, RecordType.A, ZoneSamples.Address(number));
        return harness.Run(update).Rcode;
    }

    private static void Expect(
        Rcode rcode, RecordClass recordClass, string owner, RecordType type, string text = "", byte[]? rdata = null)
    {
        using UpdateHarness harness = Harness();
        UpdateWriter update = new UpdateWriter()
            .Prerequisite(recordClass, owner, type, rdata)
            .Add("new.example.", RecordType.A, ZoneSamples.Address(1));
        UpdateResult result = harness.Run(update);
        Assert.Equal(rcode, result.Rcode);
        Assert.Equal(rcode == Rcode.NoError, result.Change is not null);
        Assert.Contains(text, result.Failure?.Text ?? "", StringComparison.Ordinal);
    }
}
