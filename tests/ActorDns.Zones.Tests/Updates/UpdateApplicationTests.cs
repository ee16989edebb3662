using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

public sealed class UpdateApplicationTests : IDisposable
{
    private static readonly byte[] One = ZoneSamples.Address(1);
    private static readonly byte[] Two = ZoneSamples.Address(2);

    private readonly UpdateHarness _harness = new(Sample());

    public void Dispose() => _harness.Dispose();

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Added_record_joins_its_set() => Assert.Equal(
        ["+a.example. 60 IN A 0.0.0.2"], _harness.Change(new UpdateWriter().Add("a.example.", RecordType.A, Two)));

    [Fact, Rfc(2136, "2.5.1")]
    public void Record_that_is_there_is_ignored_without_a_word() =>
        Assert.Empty(_harness.Ignore(new UpdateWriter().Add("A.EXAMPLE.", RecordType.A, One)));

    [Fact, Rfc(2181, "5.2")]
    public void Ttl_of_an_added_record_becomes_that_of_its_set()
    {
        Assert.Equal(
            ["-a.example. 60 IN A 0.0.0.1", "+a.example. 90 IN A 0.0.0.1", "+a.example. 90 IN A 0.0.0.2"],
            _harness.Change(new UpdateWriter().Add("a.example.", RecordType.A, Two, 90)));
        Assert.Equal(2, _harness.Change(new UpdateWriter().Add("a.example.", RecordType.A, One, 90).Add("a.example.", RecordType.A, Two, 60)).Length / 2);
    }

    [Fact]
    public void Name_keeps_the_case_it_has() => Assert.Equal(
        ["+a.example. 60 IN A 0.0.0.2"], _harness.Change(new UpdateWriter().Add("A.Example.", RecordType.A, Two)));

    [Fact]
    public void Name_that_was_removed_comes_back_in_its_new_case() => Assert.Equal(
        ["-a.example. 60 IN A 0.0.0.1", "+A.Example. 60 IN A 0.0.0.1"],
        _harness.Change(new UpdateWriter().RemoveAll("a.example.").Add("A.Example.", RecordType.A, One)));

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Cname_beside_other_data_is_ignored() => Assert.Equal(
        [UpdateNoteKind.CnameBesideOthers],
        _harness.Ignore(new UpdateWriter().Add("a.example.", RecordType.Cname, ZoneSamples.Wire("b.example."))));

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Other_data_beside_cname_is_ignored() => Assert.Equal(
        [UpdateNoteKind.OthersBesideCname], _harness.Ignore(new UpdateWriter().Add("c.example.", RecordType.A, One)));

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Cname_replaces_cname() => Assert.Equal(
        ["-c.example. 60 IN CNAME a.example.", "+c.example. 60 IN CNAME b.example."],
        _harness.Change(new UpdateWriter().Add("c.example.", RecordType.Cname, ZoneSamples.Wire("b.example."))));

    [Fact, Rfc(6672, "5.2")]
    public void Dname_beside_cname_and_cname_beside_dname_are_ignored()
    {
        byte[] target = ZoneSamples.Wire("x.");
        _harness.Change(new UpdateWriter().Add("d.example.", RecordType.Dname, target));
        Assert.Equal(
            [UpdateNoteKind.OthersBesideCname], _harness.Ignore(new UpdateWriter().Add("c.example.", RecordType.Dname, target)));
        Assert.Equal(
            [UpdateNoteKind.CnameBesideOthers], _harness.Ignore(new UpdateWriter().Add("d.example.", RecordType.Cname, target)));
    }

    [Fact, Rfc(6672, "5.2")]
    public void Dname_replaces_dname()
    {
        _harness.Change(new UpdateWriter().Add("d.example.", RecordType.Dname, ZoneSamples.Wire("x.")));
        Assert.Equal(
            ["-d.example. 60 IN DNAME x.", "+d.example. 60 IN DNAME y."],
            _harness.Change(new UpdateWriter().Add("d.example.", RecordType.Dname, ZoneSamples.Wire("y."))));
    }

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Wks_replaces_that_of_the_same_address_and_protocol()
    {
        _harness.Change(new UpdateWriter()
            .Add("w.example.", RecordType.Wks, [1, 2, 3, 4, 6, 0x80]).Add("w.example.", RecordType.Wks, [1, 2, 3, 4, 17, 0x80]));
        string[] lines = _harness.Change(new UpdateWriter().Add("w.example.", RecordType.Wks, [1, 2, 3, 4, 6, 0x40]));
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("-w.example. 60 IN WKS 1.2.3.4 6", lines[0], StringComparison.Ordinal);
    }

    [Fact, Rfc(2136, "3.4.2.2")]
    public void Soa_with_a_newer_serial_is_taken_and_no_step_is_added()
    {
        UpdateResult result = _harness.Run(new UpdateWriter().Add("example.", RecordType.Soa, ZoneSamples.Soa(10), 600));
        Assert.Equal(new Serial(10), _harness.Zone.Serial);
        Assert.Equal((10u, 600u), (result.Change!.SerialTo.Value, result.Change.NewSoa.Ttl));
    }

    [Theory, Rfc(2136, "3.6")]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(0x80000001)]
    public void Soa_whose_serial_is_not_newer_is_ignored(uint serial) => Assert.Equal(
        [UpdateNoteKind.SoaNotNewer], _harness.Ignore(new UpdateWriter().Add("example.", RecordType.Soa, ZoneSamples.Soa(serial, 77))));

    [Fact, Rfc(2136, "3.6")]
    public void Several_soas_cannot_lead_round_to_an_older_serial()
    {
        UpdateResult result = _harness.Run(new UpdateWriter()
            .Add("example.", RecordType.Soa, ZoneSamples.Soa(0x70000000))
            .Add("example.", RecordType.Soa, ZoneSamples.Soa(0xE0000000)));
        Assert.Equal([UpdateNoteKind.SoaNotNewer], result.Notes.Select(note => note.Kind));
        Assert.Equal(new Serial(0x70000000), _harness.Zone.Serial);
    }

    [Fact]
    public void Second_soa_is_ignored() => Assert.Equal(
        [UpdateNoteKind.SecondSoa], _harness.Ignore(new UpdateWriter().Add("a.example.", RecordType.Soa, ZoneSamples.Soa(9))));

    [Fact]
    public void Records_that_a_zone_must_not_have_are_ignored_each_with_its_reason()
    {
        UpdateWriter update = new UpdateWriter()
            .Add("example.", RecordType.Ds, [0, 1, 8, 2, .. new byte[32]])
            .Add("*.example.", RecordType.Ns, ZoneSamples.Wire("ns.example."))
            .Add("a.example.", RecordType.Md, ZoneSamples.Wire("a.example."))
            .Add("a.example.", new(65534), [1, 2, 3, 4, 5])
            .Add("example.", RecordType.Nsec3Param, [1, 2, 0, 0, 0])
            .Add("*.example.", RecordType.Dname, ZoneSamples.Wire("x."));
        Assert.Equal(
            [
                UpdateNoteKind.ParentTypeAtApex, UpdateNoteKind.WildcardDelegation, UpdateNoteKind.ObsoleteType,
                UpdateNoteKind.PrivateType, UpdateNoteKind.Nsec3ParamFlags, UpdateNoteKind.WildcardDelegation,
            ],
            _harness.Ignore(update));
    }

    [Fact]
    public void Notes_speak_the_words_of_bind()
    {
        UpdateResult result = _harness.Run(new UpdateWriter()
            .Add("c.example.", RecordType.A, One)
            .Add("*.example.", RecordType.Ns, ZoneSamples.Wire("ns.example."))
            .Add("a.example.", new(65534), [1, 2, 3, 4, 5]));
        Assert.Equal(
            [
                "attempt to add non-CNAME alongside CNAME ignored",
                "attempt to add wildcard NS record ignored",
                "attempt to add a private type (65534) record rejected internal use only",
            ],
            result.Notes.Select(note => note.Text));
    }

    [Fact]
    public void Inner_wildcard_is_added_and_told()
    {
        UpdateResult result = _harness.Run(new UpdateWriter().Add("x.*.example.", RecordType.Txt, UpdateWriter.Text("x")));
        Assert.Equal("warning: ownername 'x.*.example' contains a non-terminal wildcard", Assert.Single(result.Notes).Text);
        Assert.NotNull(result.Change);
    }

    [Fact, Rfc(2136, "3.4.2.3")]
    public void Removal_of_a_set_takes_all_its_records()
    {
        Assert.Equal(["-m.example. 60 IN A 0.0.0.1", "-m.example. 60 IN A 0.0.0.2"], _harness.Change(new UpdateWriter().RemoveSet("M.example.", RecordType.A)));
        Assert.Empty(_harness.Ignore(new UpdateWriter().RemoveSet("m.example.", RecordType.A)));
    }

    [Fact, Rfc(2136, "3.4.2.3")]
    public void Removal_of_a_name_takes_all_its_sets()
    {
        Assert.Equal(3, _harness.Change(new UpdateWriter().RemoveAll("m.example.")).Length);
        Assert.Empty(_harness.Ignore(new UpdateWriter().RemoveAll("m.example.")));
    }

    [Fact, Rfc(2136, "3.4.2.3")]
    public void Removal_of_the_apex_spares_soa_and_ns() => Assert.Equal(
        ["-example. 60 IN TXT \"apex\""], _harness.Change(new UpdateWriter().RemoveAll("example.")));

    [Fact, Rfc(2136, "3.4.2.3")]
    public void Removal_of_the_soa_or_ns_set_of_the_apex_is_ignored() => Assert.Equal(
        [UpdateNoteKind.ApexSetRemoval, UpdateNoteKind.ApexSetRemoval],
        _harness.Ignore(new UpdateWriter().RemoveSet("example.", RecordType.Soa).RemoveSet("example.", RecordType.Ns)));

    [Fact, Rfc(2136, "3.4.2.4")]
    public void Removal_of_a_record_leaves_the_rest_of_its_set()
    {
        Assert.Equal(["-m.example. 60 IN A 0.0.0.2"], _harness.Change(new UpdateWriter().Remove("m.example.", RecordType.A, Two)));
        Assert.Empty(_harness.Ignore(new UpdateWriter().Remove("m.example.", RecordType.A, Two)));
    }

    [Fact, Rfc(2136, "3.4.2.4")]
    public void Removal_of_the_soa_is_ignored() => Assert.Equal(
        [UpdateNoteKind.SoaRemoval], _harness.Ignore(new UpdateWriter().Remove("example.", RecordType.Soa, ZoneSamples.Soa(1))));

    [Fact, Rfc(2136, "3.4.2.4")]
    public void Removal_of_the_last_ns_is_ignored()
    {
        byte[] ns = ZoneSamples.Wire("ns.example.");
        byte[] other = ZoneSamples.Wire("ns2.other.");
        Assert.Equal([UpdateNoteKind.LastNsRemoval], _harness.Ignore(new UpdateWriter().Remove("example.", RecordType.Ns, ns)));
        Assert.Equal(
            ["-example. 3600 IN NS ns.example.", "+example. 3600 IN NS ns2.other."],
            _harness.Change(new UpdateWriter().Add("example.", RecordType.Ns, other, 3600).Remove("example.", RecordType.Ns, ns)));
        Assert.Equal([UpdateNoteKind.LastNsRemoval], _harness.Ignore(new UpdateWriter().Remove("example.", RecordType.Ns, other)));
    }

    [Fact]
    public void Delegation_may_lose_its_last_ns()
    {
        byte[] ns = ZoneSamples.Wire("ns.example.");
        _harness.Change(new UpdateWriter().Add("sub.example.", RecordType.Ns, ns));
        Assert.Equal(["-sub.example. 60 IN NS ns.example."], _harness.Change(new UpdateWriter().Remove("sub.example.", RecordType.Ns, ns)));
    }

    [Fact, Rfc(2136, "3.4.2")]
    public void Records_are_taken_in_order() => Assert.Equal(
        ["-m.example. 60 IN A 0.0.0.1", "-m.example. 60 IN A 0.0.0.2", "-m.example. 60 IN TXT \"m\"", "+m.example. 60 IN CNAME a.example."],
        _harness.Change(new UpdateWriter()
            .Add("m.example.", RecordType.A, ZoneSamples.Address(9))
            .Add("z.example.", RecordType.A, One)
            .RemoveAll("m.example.")
            .RemoveAll("z.example.")
            .Add("m.example.", RecordType.Cname, ZoneSamples.Wire("a.example."))));

    [Fact, Rfc(2136, "3.6")]
    public void Change_steps_the_serial_once()
    {
        _harness.Change(new UpdateWriter().Add("p.example.", RecordType.A, One).Add("q.example.", RecordType.A, One));
        Assert.Equal(new Serial(2), _harness.Zone.Serial);
    }

    [Fact, Rfc(2136, "3.6")]
    public void No_change_is_no_step()
    {
        Assert.Empty(_harness.Ignore(new UpdateWriter().Add("p.example.", RecordType.A, One).Remove("p.example.", RecordType.A, One)));
        Assert.Empty(_harness.Ignore(new UpdateWriter()));
        Assert.Equal(new Serial(1), _harness.Zone.Serial);
    }

    [Fact]
    public void Ds_goes_with_the_delegation_and_does_not_come_without_one()
    {
        byte[] ds = [0x30, 0x39, 13, 2, .. new byte[32]];
        byte[] server = ZoneSamples.Wire("ns.other.");
        UpdateWriter delegation = new UpdateWriter().Add("sub.example.", RecordType.Ds, ds).Add("sub.example.", RecordType.Ns, server);
        Assert.Equal(2, _harness.Change(delegation).Length);
        string[] gone = _harness.Change(new UpdateWriter().RemoveSet("sub.example.", RecordType.Ns));
        Assert.Equal(2, gone.Length);
        Assert.All(gone, line => Assert.StartsWith("-sub.example.", line, StringComparison.Ordinal));
        Assert.Empty(_harness.Ignore(new UpdateWriter().Add("sub.example.", RecordType.Ds, ds)));
    }

    [Fact]
    public void Name_server_of_the_zone_cannot_lose_its_address()
    {
        byte[] server = ZoneSamples.Wire("ns2.example.");
        UpdateWriter withAddress = new UpdateWriter().Add("example.", RecordType.Ns, server).Add("ns2.example.", RecordType.A, One);
        AssertRefused(new UpdateWriter().Add("example.", RecordType.Ns, server));
        Assert.Equal(Rcode.NoError, _harness.Run(withAddress).Rcode);
        AssertRefused(new UpdateWriter().RemoveAll("ns2.example."));
        AssertRefused(new UpdateWriter().RemoveAll("ns2.example.").Add("ns2.example.", RecordType.Cname, ZoneSamples.Wire("a.example.")));
        AssertRefused(new UpdateWriter().Add("example.", RecordType.Dname, ZoneSamples.Wire("other.")));
        Assert.Equal(Rcode.NoError, _harness.Run(
            new UpdateWriter().RemoveAll("ns2.example.").Add("ns2.example.", RecordType.Aaaa, new byte[16])).Rcode);
        Assert.Equal(Rcode.NoError, _harness.Run(
            new UpdateWriter().RemoveAll("ns2.example.").Remove("example.", RecordType.Ns, server)).Rcode);
    }

    [Fact]
    public void Zone_whose_name_server_never_had_an_address_is_updated_all_the_same()
    {
        ZoneBuilder builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("example.", RecordType.Ns, ZoneSamples.Wire("missing.example."));
        using UpdateHarness harness = new(builder.Build());
        Assert.Equal(Rcode.NoError, harness.Run(new UpdateWriter().Add("b.example.", RecordType.A, One)).Rcode);
        Assert.Equal(Rcode.NoError, harness.Run(new UpdateWriter().Add("missing.example.", RecordType.A, One)).Rcode);
    }

    [Theory]
    [InlineData("nowhere.example.", true, CheckLevel.Ignore, "a.example/MX: 'nowhere.example' has no address records (A or AAAA)")]
    [InlineData("example.", true, CheckLevel.Ignore, "a.example/MX: 'example' has no address records (A or AAAA)")]
    [InlineData("c.example.", true, CheckLevel.Ignore, "a.example/MX: 'c.example' is a CNAME (illegal)")]
    [InlineData("192.0.2.1.", true, CheckLevel.Fail, "a.example/MX: '192.0.2.1' is an address")]
    [InlineData("192.0.2.1.", true, CheckLevel.Warn, null)]
    [InlineData("m.example.", true, CheckLevel.Fail, null)]
    [InlineData("nowhere.other.", true, CheckLevel.Fail, null)]
    [InlineData("nowhere.example.", false, CheckLevel.Fail, null)]
    public void Mail_exchanger_in_the_zone_needs_an_address(string target, bool integrity, CheckLevel mx, string? fault)
    {
        using UpdateHarness harness = new(Sample(), UpdateHarness.Open with { CheckIntegrity = integrity, CheckMx = mx });
        UpdateResult result = harness.Run(new UpdateWriter().Add("a.example.", RecordType.Mx, [0, 1, .. ZoneSamples.Wire(target)]));
        Assert.Equal((fault is null ? Rcode.NoError : Rcode.Refused, fault), (result.Rcode, result.Failure?.Text));
    }

    [Fact]
    public void Mail_exchanger_is_looked_at_as_the_update_leaves_it_and_only_when_it_is_added()
    {
        byte[] exchanger = [0, 1, .. ZoneSamples.Wire("late.example.")];
        Assert.Equal(2, _harness.Change(
            new UpdateWriter().Add("a.example.", RecordType.Mx, exchanger).Add("late.example.", RecordType.A, One)).Length);
        Assert.Single(_harness.Change(new UpdateWriter().RemoveAll("late.example.")));
        Assert.Single(_harness.Change(new UpdateWriter().Add("a.example.", RecordType.Txt, UpdateWriter.Text("x"))));
    }

    private void AssertRefused(UpdateWriter update)
    {
        Serial before = _harness.Zone.Serial;
        UpdateResult result = _harness.Run(update);
        Assert.Equal(Rcode.Refused, result.Rcode);
        Assert.Contains("'ns2.example' has no address", result.Failure!.Text, StringComparison.Ordinal);
        Assert.Equal(before, _harness.Zone.Serial);
    }

    private static ZoneSnapshot Sample()
    {
        ZoneBuilder builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("example.", RecordType.Txt, UpdateWriter.Text("apex"));
        builder.Add("a.example.", RecordType.A, One);
        builder.Add("c.example.", RecordType.Cname, ZoneSamples.Wire("a.example."));
        builder.Add("m.example.", RecordType.A, One);
        builder.Add("m.example.", RecordType.A, Two);
        builder.Add("m.example.", RecordType.Txt, UpdateWriter.Text("m"));
        return builder.Build();
    }
}
