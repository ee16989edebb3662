using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Tests.Names;

public sealed class WireNameTests
{
    [Fact, Rfc(4034, "6.1")]
    public void Canonical_order_is_that_of_the_rfcs_example()
    {
        string[] ordered =
        [
            "example.", "a.example.", "yljkjljk.a.example.", "Z.a.example.", "zABC.a.EXAMPLE.", "z.example.",
            "\\001.z.example.", "*.z.example.", "\\200.z.example.",
        ];
        DomainName[] names = [.. ordered.Select(DomainName.Parse)];
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j < names.Length; j++)
                Assert.Equal(Math.Sign(i - j), Math.Sign(names[i].CompareTo(names[j])));
        }
    }

    [Fact, Rfc(4343, "3")]
    public void Equality_folds_ascii_letters_and_nothing_else()
    {
        Assert.Equal(DomainName.Parse("WWW.Example.COM."), DomainName.Parse("www.example.com."));
        Assert.NotEqual(DomainName.Parse("\\192.example."), DomainName.Parse("\\224.example."));
        Assert.NotEqual(DomainName.Parse("[.example."), DomainName.Parse("{.example."));
        Assert.NotEqual(DomainName.Parse("\\064.example."), DomainName.Parse("`.example."));
    }

    [Fact]
    public void Every_octet_folds_alike_in_vectors_and_one_by_one()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            byte[] a = [.. Enumerable.Repeat((byte)octet, 40)];
            byte[] b = [.. Enumerable.Repeat(WireName.Fold((byte)octet), 40)];
            Assert.True(WireName.Equal(a, b));
        }
    }

    [Theory]
    [InlineData("www.example.com.", "example.com.", true)]
    [InlineData("example.com.", "EXAMPLE.com.", true)]
    [InlineData("notexample.com.", "example.com.", false)]
    [InlineData("com.", "example.com.", false)]
    [InlineData("anything.", ".", true)]
    [InlineData("\\003com.", "com.", false)]
    public void Subdomain_is_decided_at_label_borders(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, DomainName.Parse(name).IsAtOrBelow(DomainName.Parse(ancestor)));

    [Theory]
    [InlineData("a.b.c.", "x.b.c.", 2)]
    [InlineData("a.b.c.", "a.b.c.", 3)]
    [InlineData("a.", "b.", 0)]
    public void Common_labels_are_counted_from_the_right(string a, string b, int expected) =>
        Assert.Equal(expected, WireName.CommonLabels(DomainName.Parse(a).Wire, DomainName.Parse(b).Wire));

    [Fact]
    public void Equal_names_have_equal_hashes() =>
        Assert.Equal(DomainName.Parse("Foo.BAR.").GetHashCode(), DomainName.Parse("foo.bar.").GetHashCode());

    [Fact]
    public void Hashes_of_name_ends_forget_case_and_how_far_the_name_goes_on()
    {
        foreach (string end in (string[])["com.", "Example.Com.", "a-rather-long-label.example.com.", "x1234567.com.", "x12345678.com."])
        {
            uint expected = HashOfEnd(end, 0);
            Assert.Equal(expected, HashOfEnd(end.ToUpperInvariant(), 0));
            Assert.Equal(expected, HashOfEnd("www." + end, 1));
            Assert.Equal(expected, HashOfEnd("b.WWW." + end, 2));
        }
    }

    [Fact]
    public void Hashes_of_numbered_names_fill_the_low_bits_and_the_high_ones_evenly()
    {
        const int Names = 65_536;
        const int Places = 256;
        int[] low = new int[Places];
        int[] high = new int[Places];
        for (int i = 0; i < Names; i++)
        {
            uint hash = HashOfEnd($"host{i:d8}.example.", 0);
            low[hash % Places]++;
            high[hash >> 24]++;
        }

        const int Mean = Names / Places;
        Assert.InRange(low.Max(), Mean, Mean * 3 / 2);
        Assert.InRange(high.Max(), Mean, Mean * 3 / 2);
    }

    private static uint HashOfEnd(string name, int label)
    {
        Span<byte> starts = stackalloc byte[WireName.MaxLabels];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels];
        Assert.InRange(WireName.HashEnds(DomainName.Parse(name).Wire, starts, hashes), label + 1, WireName.MaxLabels);
        return hashes[label];
    }
}
