using ActorDns.Protocol.Names;
using ActorDns.Server.Views;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Tests.Views;

public sealed class ZoneTableTests
{
    private static readonly ZoneTable Table = new([.. new[]
    {
        "example.", "sub.example.", "a.b.c.sub.example.", "10.in-addr.arpa.",
    }.Select(Zone)]);

    [Theory]
    [InlineData("example.", "example.")]
    [InlineData("EXAMPLE.", "example.")]
    [InlineData("www.example.", "example.")]
    [InlineData("sub.example.", "sub.example.")]
    [InlineData("x.y.sub.example.", "sub.example.")]
    [InlineData("b.c.sub.example.", "sub.example.")]
    [InlineData("z.a.b.c.sub.example.", "a.b.c.sub.example.")]
    [InlineData("1.10.in-addr.arpa.", "10.in-addr.arpa.")]
    public void Name_is_found_in_the_deepest_zone_that_encloses_it(string name, string zone) =>
        Assert.Equal(DomainName.Parse(zone), Table.FindEnclosing(DomainName.Parse(name).Wire)!.Origin);

    [Theory]
    [InlineData("com.")]
    [InlineData(".")]
    [InlineData("notexample.")]
    [InlineData("arpa.")]
    public void Name_outside_all_zones_is_in_none(string name) =>
        Assert.Null(Table.FindEnclosing(DomainName.Parse(name).Wire));

    [Fact, Rfc(4035, "3.1.4.1")]
    public void Ds_of_a_zone_is_looked_for_above_it()
    {
        Assert.Equal(
            DomainName.Parse("example."), Table.FindEnclosing(DomainName.Parse("sub.example.").Wire, aboveApex: true)!.Origin);
        Assert.Null(Table.FindEnclosing(DomainName.Parse("example.").Wire, aboveApex: true));
    }

    [Fact]
    public void Root_zone_encloses_everything_that_no_other_does()
    {
        ZoneTable table = new([Zone("."), Zone("example.")]);
        Assert.True(table.FindEnclosing(DomainName.Parse("com.").Wire)!.Origin.IsRoot);
        Assert.Equal(DomainName.Parse("example."), table.FindEnclosing(DomainName.Parse("www.example.").Wire)!.Origin);
        Assert.Null(table.FindEnclosing(DomainName.Root.Wire, aboveApex: true));
    }

    [Fact]
    public void Ten_thousand_zones_are_each_found_by_their_name()
    {
        DomainName[] names = [.. Enumerable.Range(0, 10_000).Select(i => DomainName.Parse($"z{i}.example."))];
        ZoneTable table = new([.. names.Select(name => new ServedZone { Published = new PublishedZone(name) })]);
        Assert.All(names, name => Assert.Equal(name, table.FindExact(name.Wire)!.Origin));
        Assert.Null(table.FindExact(DomainName.Parse("z10000.example.").Wire));
    }

    [Fact]
    public void Zone_given_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ZoneTable([Zone("example."), Zone("EXAMPLE.")]));

    private static ServedZone Zone(string name) => new() { Published = new PublishedZone(DomainName.Parse(name)) };
}
