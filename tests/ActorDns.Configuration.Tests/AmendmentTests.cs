using System.Text;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Tests;

/// <summary>One zone amended by itself gives what amending the whole configuration gives, at a fraction of the work.</summary>
public sealed class AmendmentTests
{
    private const string Flat = """
        options { directory "/z"; allow-query { localhost; }; };
        acl "inside" { 10.0.0.0/8; };
        zone "a" { type primary; file "a"; };
        zone "b" { type primary; file "b"; update-policy local; };
        zone "cat" { type primary; file "cat"; };
        """;

    private const string Views = """
        acl "inside" { 10.0.0.0/8; };
        options { catalog-zones { zone "cat"; }; };
        view "one" { zone "a" { type primary; file "a"; }; zone "cat" { type primary; file "cat"; }; };
        view "two" { zone "a" { in-view "one"; }; zone "b" { type primary; file "b"; }; zone "cat" { in-view "one"; }; };
        """;

    [Theory]
    [InlineData(Flat, "_default", "new", "zone \"new\" { type primary; file \"new\"; allow-query { inside; }; };")]
    [InlineData(Flat, "_default", "new", "zone \"new\" { type primary; file \"a\"; };")]
    [InlineData(Flat, "_default", "new", "zone \"new\" { type primary; file \"b\"; };")] // A file that is written by another zone.
    [InlineData(Flat, "_default", "new", "zone \"new\" { type primary; };")]
    [InlineData(Flat, "_default", "new", "zone \"new\" { type primary; file \"new\"; allow-query { nowhere; }; };")]
    [InlineData(Flat, "_default", "new", "zone \"new\" { junk; };")]
    [InlineData(Flat, "_default", "new", "options { };")]
    [InlineData(Flat, "_default", "a", "zone \"A.\" { type secondary; primaries { 192.0.2.1; }; };")]
    [InlineData(Flat, "_default", "b", "zone \"b\" { type primary; file \"b\"; allow-update { any; }; };")]
    [InlineData(Flat, "_default", "a", null)]
    [InlineData(Flat, "_default", "nosuch", null)]
    [InlineData(Views, "one", "new", "zone \"new\" { type primary; file \"new\"; };")]
    [InlineData(Views, "two", "new", "zone \"new\" { in-view \"one\"; };")]
    [InlineData(Views, "two", "b", "zone \"b\" { type primary; file \"other\"; allow-transfer { inside; }; };")]
    [InlineData(Views, "one", "a", null)] // The other view still refers to it.
    [InlineData(Views, "one", "cat", null)] // Named by catalog-zones.
    [InlineData(Views, "two", "a", null)]
    public void Amending_one_zone_is_the_same_as_amending_all(string text, string view, string zone, string? statement)
    {
        LoadResult basis = MemoryConfigSource.Load(text);
        Assert.True(basis.CanLoad, string.Join('\n', basis.Diagnostics));
        ZoneAmendment amendment = new(view, DomainName.Parse(zone + "."), statement, "addzone");

        LoadResult one = ConfigLoader.AmendZone(basis, amendment);
        LoadResult all = ConfigLoader.Amend(basis, [amendment]);

        Assert.Equal((all.Model is null, all.CanLoad), (one.Model is null, one.CanLoad));
        Assert.Equal(
            all.Diagnostics.Where(found => found.FailsLoad).Select(found => found.ToString()),
            one.Diagnostics.Where(found => found.FailsLoad).Select(found => found.ToString()));
        if (!all.CanLoad)
            return;
        Assert.Equal(all.Tree.Print(), one.Tree.Print());
        Assert.Equal(all.Model!.Views.SelectMany(Describe), one.Model!.Views.SelectMany(Describe));
    }

    [Fact]
    public void Amendments_one_after_another_stand_on_each_other()
    {
        LoadResult first = Amend(MemoryConfigSource.Load(Flat), "one", "zone \"one\" { type primary; file \"one\"; };");
        LoadResult second = Amend(first, "two", "zone \"two\" { type primary; file \"two\"; };");
        LoadResult third = Amend(second, "one", null);
        Assert.Equal(["a", "b", "cat", "two"], third.Model!.Views[0].Zones.Select(zone => zone.Name.ToLogString()));
        Assert.DoesNotContain("\"one\"", third.Tree.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void Amending_one_zone_among_thousands_costs_a_small_part_of_amending_all()
    {
        StringBuilder text = new();
        for (int i = 0; i < 5_000; i++)
            text.Append($"zone \"z{i}\" {{ type primary; file \"f{i}\"; allow-query {{ localhost; }}; }};\n");
        LoadResult basis = MemoryConfigSource.Load(text.ToString());
        ZoneAmendment amendment = new("_default", DomainName.Parse("new."), "zone \"new\" { type primary; file \"new\"; };", "addzone");

        long one = Allocated(() => ConfigLoader.AmendZone(basis, amendment));
        long all = Allocated(() => ConfigLoader.Amend(basis, [amendment]));
        Assert.True(one < all / 10, $"{one} octets for one zone, {all} for all");
    }

    private static LoadResult Amend(LoadResult basis, string zone, string? statement)
    {
        LoadResult amended = ConfigLoader.AmendZone(
            basis, new ZoneAmendment("_default", DomainName.Parse(zone + "."), statement, "addzone"));
        Assert.True(amended.CanLoad);
        return amended;
    }

    private static long Allocated(Func<LoadResult> amend)
    {
        Assert.True(amend().CanLoad);
        long before = GC.GetAllocatedBytesForCurrentThread();
        amend();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IEnumerable<string> Describe(ViewConfiguration view) => view.Zones.Select(zone =>
        $"{view.Name} {zone.Name} {zone.Kind} {zone.FilePath} {zone.Position} {zone.InView} {zone.Primaries.Length} "
        + $"{zone.UpdatePolicy is null} {zone.Settings.AllowQuery.Value.Elements.Length} {zone.Settings.AllowQuery.Origin} "
        + zone.Statement.PrintOneLine());
}
