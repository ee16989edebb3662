using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>What turns an update down before anything is changed. Every case has a good record before the bad one.</summary>
public sealed class UpdatePrescanTests
{
    private static readonly byte[] Address = ZoneSamples.Address(1);

    [Fact, Rfc(2136, "3.1.1")]
    public void Zone_of_another_name_or_class_is_notauth()
    {
        Expect(Rcode.NotAuth, new UpdateWriter(withZone: false).Zone("other."));
        Expect(Rcode.NotAuth, new UpdateWriter(withZone: false).Zone("a.example."));
        Expect(Rcode.NotAuth, new UpdateWriter(withZone: false).Zone("example.", recordClass: RecordClass.Ch));
        Expect(Rcode.NoError, new UpdateWriter(withZone: false).Zone("EXAMPLE."));
    }

    [Fact, Rfc(2136, "3.4.1")]
    public void Record_outside_the_zone_is_notzone() =>
        Assert.Equal(
            "update failed: update RR is outside zone (NOTZONE)",
            Expect(Rcode.NotZone, Good().Add("a.other.", RecordType.A, Address)).Failure?.Text);

    [Fact, Rfc(2136, "3.4.1")]
    public void Record_of_another_class_is_malformed() =>
        Expect(Rcode.FormErr, Good().Update(RecordClass.Ch, "a.example.", RecordType.A, Address));

    [Theory, Rfc(2136, "3.4.1.2")]
    [InlineData(255)]
    [InlineData(254)]
    [InlineData(253)]
    [InlineData(252)]
    [InlineData(251)]
    [InlineData(249)]
    public void Metatype_is_malformed(ushort type)
    {
        Expect(Rcode.FormErr, Good().Add("a.example.", new(type), [1]));
        Expect(Rcode.FormErr, Good().Remove("a.example.", new(type), [1]));
        if (type != RecordType.Any.Value)
            Expect(Rcode.FormErr, Good().RemoveSet("a.example.", new(type)));
    }

    [Fact, Rfc(2136, "3.4.1.2")]
    public void Removal_with_a_ttl_is_malformed()
    {
        Expect(Rcode.FormErr, Good().Update(RecordClass.None, "a.example.", RecordType.A, Address, 1));
        Expect(Rcode.FormErr, Good().Update(RecordClass.Any, "a.example.", RecordType.A, null, 1));
    }

    [Fact, Rfc(2136, "3.4.1.2")]
    public void Removal_of_a_set_with_rdata_is_malformed() =>
        Expect(Rcode.FormErr, Good().Update(RecordClass.Any, "a.example.", RecordType.A, Address));

    [Fact]
    public void Unknown_type_is_taken() => Expect(Rcode.NoError, Good().Add("a.example.", new(4711), [1, 2, 3]));

    [Theory]
    [InlineData(47)]
    [InlineData(24)]
    [InlineData(30)]
    [InlineData(50)]
    public void Records_that_only_signing_makes_are_refused(ushort type)
    {
        Expect(Rcode.Refused, Good().RemoveSet("a.example.", new(type)));
    }

    [Fact]
    public void Signatures_are_refused_but_at_the_apex()
    {
        Expect(Rcode.Refused, Good().Add("a.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.A)));
        Expect(Rcode.NoError, Good().Add("example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Dnskey)));
    }

    [Fact]
    public void Bad_host_name_is_refused_warned_of_or_taken()
    {
        UpdateWriter update = Good().Add("under_score.example.", RecordType.A, Address);
        Expect(Rcode.Refused, update);
        Assert.Empty(Expect(Rcode.NoError, update, UpdateHarness.Open with { CheckNames = CheckLevel.Ignore }).Notes);
        UpdateNote note = Assert.Single(Expect(Rcode.NoError, update, UpdateHarness.Open with { CheckNames = CheckLevel.Warn }).Notes);
        Assert.Equal((UpdateNoteKind.BadHostName, false), (note.Kind, note.IsIgnored));
        Expect(Rcode.Refused, Good().Add("a.example.", RecordType.Mx, [0, 1, .. ZoneSamples.Wire("under_score.example.")]));
        Expect(Rcode.NoError, Good().Remove("under_score.example.", RecordType.A, Address));
    }

    [Fact]
    public void Permission_comes_before_prerequisites_and_prescan_too()
    {
        UpdateWriter update = new UpdateWriter()
            .Prerequisite(RecordClass.Any, "z.example.", RecordType.Any)
            .Update(RecordClass.Ch, "a.example.", RecordType.A, Address);
        Expect(Rcode.Refused, update, new UpdateSettings());
        Expect(Rcode.FormErr, update);
    }

    [Fact]
    public void Who_may_not_ask_may_not_test_prerequisites()
    {
        UpdateSettings settings = UpdateHarness.Open with { AllowQuery = MatchList.None };
        UpdateFailure? failure = Expect(Rcode.Refused, Good(), settings).Failure;
        Assert.Equal(("update 'example/IN' denied due to allow-query", true), (failure?.Text, failure?.IsDenied));
        Assert.StartsWith("allow-query: ", failure?.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_list_decides_and_is_named()
    {
        UpdateFailure? failure = Expect(Rcode.Refused, Good(), new UpdateSettings()).Failure;
        Assert.Equal("update 'example/IN' denied", failure?.Text);
        Assert.StartsWith("allow-update: ", failure?.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_zone_refuses_with_its_reason_after_permission()
    {
        UpdateSettings closed = UpdateHarness.Open with { Closed = "frozen" };
        Assert.Equal(("frozen", false), (Expect(Rcode.Refused, Good(), closed).Failure!.Text, Expect(Rcode.Refused, Good(), closed).Failure!.IsDenied));
        Assert.Equal("update 'example/IN' denied", Expect(Rcode.Refused, Good(), closed with { AllowUpdate = MatchList.None }).Failure?.Text);
    }

    [Fact]
    public void Signed_zone_without_keys_is_closed_with_the_reason()
    {
        var plain = ChangeSamples.Zone();
        var builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Soa));
        var signed = builder.Build();
        Assert.Null(UpdateBlock.ReasonAgainst(plain, canSign: false));
        Assert.Null(UpdateBlock.ReasonAgainst(signed, canSign: true));
        Assert.Contains("is signed", UpdateBlock.ReasonAgainst(signed, canSign: false), StringComparison.Ordinal);
    }

    private static UpdateWriter Good() => new UpdateWriter().Add("good.example.", RecordType.A, Address);

    private static UpdateResult Expect(Rcode rcode, UpdateWriter update, UpdateSettings? settings = null)
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(("a.example.", 1)), settings);
        UpdateResult result = harness.Run(update);
        Assert.Equal(rcode, result.Rcode);
        if (rcode != Rcode.NoError)
            Assert.Null(result.Change);
        return result;
    }
}
