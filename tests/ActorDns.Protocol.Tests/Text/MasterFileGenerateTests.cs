namespace ActorDns.Protocol.Tests.Text;

/// <summary>$GENERATE as BIND's manual defines it; the comparison with BIND itself is part of the loader's corpus.</summary>
public sealed class MasterFileGenerateTests
{
    [Theory]
    [InlineData("1-3", "a1 a2 a3")]
    [InlineData("0-10/5", "a0 a5 a10")]
    [InlineData("7-7", "a7")]
    [InlineData("1-2/9", "a1")]
    public void Range_is_start_stop_and_step(string range, string owners)
    {
        MasterFileSample sample = MasterFileSample.Of($"$GENERATE {range} a$ 1 A 192.0.2.1\n");

        Assert.Equal(owners.Split(' ').Select(owner => $"{owner}.example. 1 A 192.0.2.1"), sample.Records);
    }

    [Theory]
    [InlineData("$", "171")]
    [InlineData("${0}", "171")]
    [InlineData("${5}", "176")]
    [InlineData("${-171}", "0")]
    [InlineData("${-172}", "-1")]
    [InlineData("${0,5}", "00171")]
    [InlineData("${-172,5}", "-0001")]
    [InlineData("${0,2,d}", "171")]
    [InlineData("${0,5,o}", "00253")]
    [InlineData("${0,4,x}", "00ab")]
    [InlineData("${0,4,X}", "00AB")]
    [InlineData("${-172,0,x}", "ffffffff")]
    [InlineData("${0,0,n}", "b.a")]
    [InlineData("${0,7,n}", "b.a.0.0")]
    [InlineData("${0,7,N}", "B.A.0.0")]
    [InlineData("$-$", "171-171")]
    [InlineData("$$x", "$x")]
    [InlineData("\\$x", "$x")]
    public void Forms_of_the_value_are_offset_width_and_base(string form, string expected)
    {
        MasterFileSample sample = MasterFileSample.Of($"$GENERATE 171-171 a 1 TXT {form}\n");

        Assert.Empty(sample.Problems);
        Assert.Equal([$"a.example. 1 TXT \"{expected}\""], sample.Records);
    }

    [Fact]
    public void Data_of_several_words_stands_in_quotes()
    {
        MasterFileSample sample = MasterFileSample.Of("$GENERATE 1-2 a$ 1 MX \"1$ b$\"\n$GENERATE 3-3 c 1 TXT \"\\\"x y\\\" $\"\n");

        Assert.Equal(
            ["a1.example. 1 MX 11 b1.example.", "a2.example. 1 MX 12 b2.example.", "c.example. 1 TXT \"x y\" \"3\""], sample.Records);
    }

    [Theory]
    [InlineData("IN 7 A")]
    [InlineData("7 IN A")]
    [InlineData("7 A")]
    [InlineData("CLASS1 7 TYPE1")]
    public void Ttl_and_class_stand_before_the_type(string head)
    {
        MasterFileSample sample = MasterFileSample.Of($"$GENERATE 1-1 a$ {head} 192.0.2.$\n");

        Assert.Equal(["a1.example. 7 A 192.0.2.1"], sample.Records);
    }

    [Fact]
    public void Owner_of_the_record_before_stays()
    {
        MasterFileSample sample = MasterFileSample.Of("$TTL 1\na A 192.0.2.1\n$GENERATE 2-2 b$ A 192.0.2.$\n A 192.0.2.3\n");

        Assert.Equal(["a.example. 1 A 192.0.2.1", "b2.example. 1 A 192.0.2.2", "a.example. 1 A 192.0.2.3"], sample.Records);
    }

    [Theory]
    [InlineData("3-1 a$ 1 A 192.0.2.$", "invalid range '3-1'")]
    [InlineData("1-3/0 a$ 1 A 192.0.2.$", "invalid range '1-3/0'")]
    [InlineData("1 a$ 1 A 192.0.2.$", "invalid range '1'")]
    [InlineData("1-99999999999 a$ 1 A 192.0.2.$", "invalid range '1-99999999999'")]
    [InlineData("1-3 a${0,3,q} 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a${0 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a${} 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a${0,999} 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a${0,9,n,} 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a${-5,9,n} 1 A 192.0.2.$", "syntax error")]
    [InlineData("1-3 a$ 1 MX 10 b", "extra input text")]
    public void Malformed_directive_is_one_error(string words, string expected)
    {
        MasterFileSample sample = MasterFileSample.Of($"$GENERATE {words}\n");

        Assert.Empty(sample.Records);
        string error = Assert.Single(sample.Errors);
        Assert.StartsWith($"db:1: $GENERATE: {expected}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_of_records_made_is_bounded()
    {
        MasterFileSample sample = new MasterFileSample().With("db", "$GENERATE 1-2147483647 a$ 1 A 192.0.2.1\n").Read(maxGenerated: 1_000);

        Assert.Equal(["db:1: $GENERATE: more than 1000 records"], sample.Errors);
        Assert.Empty(sample.Records);
    }
}
