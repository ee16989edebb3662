using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Loading;

namespace ActorDns.Zones.Tests.Loading;

public sealed class ZoneLoaderTests
{
    private const string Head = "$TTL 300\n@ SOA ns hm 7 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n";

    [Fact]
    public void Good_zone_says_serial_and_number_of_records()
    {
        ZoneLoadResult result = Load(Head);

        Assert.Equal("zone example.com/IN: loaded serial 7", result.Summary);
        Assert.Equal((7u, 3L), (result.Serial!.Value.Value, result.RecordCount));
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Signed_zone_says_so() => Assert.Equal(
        "zone example.com/IN: loaded serial 7 (DNSSEC signed)",
        Load(Head + "@ RRSIG SOA 13 2 300 20300101000000 20200101000000 1 example.com. AQID\n").Summary);

    [Theory]
    [InlineData("", "zone example.com/IN: has 0 SOA records", "zone example.com/IN: has no NS records")]
    [InlineData("$TTL 1\n@ SOA ns hm 1 2 3 4 5\n", "zone example.com/IN: has no NS records")]
    [InlineData(Head + "@ SOA ns hm 8 2 3 4 5\n", "db:5: example.com: multiple RRs of singleton type")]
    [InlineData(Head + "s SOA ns hm 8 2 3 4 5\n", "db:5: SOA record not at top of zone (s.example.com)")]
    [InlineData(Head + "a CNAME b\na A 192.0.2.1\n", "db:6: a.example.com: CNAME and other data")]
    [InlineData(Head + "a CNAME b\na CNAME c\n", "db:6: a.example.com: multiple RRs of singleton type")]
    [InlineData(Head + "a DNAME b.\na DNAME c.\n", "db:6: a.example.com: multiple RRs of singleton type")]
    [InlineData(Head + "*.w NS ns\n", "db:5: *.w.example.com: invalid NS owner name (wildcard)")]
    [InlineData(Head + "a_b A 192.0.2.1\n", "db:5: a_b.example.com: bad owner name (check-names)")]
    [InlineData(Head + "a MX 1 a_b.x.\n", "db:5: a_b.x: bad name (check-names)")]
    [InlineData(Head + "@ NS nowhere\n", "zone example.com/IN: NS 'nowhere.example.com' has no address records (A or AAAA)")]
    [InlineData(Head + "@ NS a\na CNAME ns\n", "zone example.com/IN: NS 'a.example.com' is a CNAME (illegal)")]
    public void Error_refuses_the_zone_in_the_words_of_BIND(string text, params string[] errors)
    {
        ZoneLoadResult result = Load(text);

        Assert.False(result.IsLoaded);
        Assert.Equal("zone example.com/IN: not loaded due to errors.", result.Summary);
        Assert.Equal(errors, result.Problems.Where(problem => problem.IsError).Select(result.Line));
    }

    [Fact, Rfc(5155, "7.4")]
    public void Zone_whose_NSEC3_hash_is_unknown_is_refused()
    {
        ZoneLoadResult result = Load(Head + "@ NSEC3PARAM 2 0 0 -\n");

        Assert.False(result.IsLoaded);
        Assert.Equal(
            ["zone example.com/IN: no supported nsec3 hash algorithm"],
            result.Problems.Where(problem => problem.IsError).Select(result.Line));
    }

    [Theory]
    [InlineData("@ NSEC3PARAM 2 0 0 -\n@ NSEC3PARAM 1 0 0 -\n", "zone example.com/IN: unsupported nsec3 hash algorithm: 2")]
    [InlineData("a 1 A 192.0.2.1\na 2 A 192.0.2.2\n", "db:6: TTL set to prior TTL (1)")]
    [InlineData("a.*.b TXT x\n", "db:5: warning: ownername 'a.*.b.example.com' contains an non-terminal wildcard")]
    [InlineData("a MX 1 192.0.2.1\n", "db:5: '192.0.2.1': MX is an address", "zone example.com/IN: a.example.com/MX '192.0.2.1.example.com' has no address records (A or AAAA)")]
    [InlineData("a NS 192.0.2.1.\n", "db:5: NS record '192.0.2.1.' appears to be an address")]
    [InlineData("a MX 1 b\nb CNAME ns\n", "zone example.com/IN: a.example.com/MX 'b.example.com' is a CNAME (illegal)")]
    [InlineData("a SRV 0 0 1 b\nb CNAME ns\n", "zone example.com/IN: a.example.com/SRV 'b.example.com' is a CNAME (illegal)")]
    [InlineData("a NS b.a\n", "zone example.com/IN: a.example.com/NS 'b.a.example.com' has no REQUIRED GLUE address records (A or AAAA)")]
    [InlineData("a NS x.b\nb NS y.\n", "zone example.com/IN: a.example.com/NS 'x.b.example.com' has no SIBLING GLUE address records (A or AAAA)")]
    [InlineData("a NS b\n", "zone example.com/IN: a.example.com/NS 'b.example.com' has no address records (A or AAAA)")]
    [InlineData("d DNAME x.\na NS b.d\n", "zone example.com/IN: a.example.com/NS 'b.d.example.com' is below a DNAME 'd.example.com' (illegal)")]
    [InlineData("a SPF \"v=spf1 -all\"\n", "zone example.com/IN: 'a.example.com' found type SPF record but no SPF TXT record found, add matching type TXT record")]
    [InlineData("l LP 1 a\nl LP 1 A\n", "zone example.com/IN: l.example.com/LP has semantically identical records")]
    [InlineData("d DNAME x.\na.d A 192.0.2.1\n", "zone example.com/IN: 'a.d.example.com' is below DNAME 'd.example.com' and is never answered (RFC 6672 §2.4)")]
    [InlineData("a DS 1 8 2 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\n", "zone example.com/IN: 'a.example.com' has DS records but no NS records (RFC 4034 §5)")]
    public void Warning_in_the_words_of_BIND_does_not_refuse_the_zone(string text, params string[] warnings)
    {
        ZoneLoadResult result = Load(Head + text);

        Assert.Equal(warnings, result.Problems.Select(result.Line));
        Assert.True(result.IsLoaded);
    }

    [Fact]
    public void Later_run_of_a_set_brings_its_TTL_for_the_whole_set()
    {
        ZoneLoadResult result = Load(Head + "a 1 A 192.0.2.1\nb 1 A 192.0.2.1\na 2 A 192.0.2.2\n");

        Assert.Contains("a.example.com.\t\t\t\t      2\tIN A\t\t192.0.2.1\n", Dump(result), StringComparison.Ordinal);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Same_record_in_other_letters_is_dropped()
    {
        ZoneLoadResult result = Load(Head + "a MX 1 ns\nA MX 1 NS\n");

        Assert.Equal(4, result.RecordCount);
    }

    [Fact]
    public void Limit_of_records_refuses_the_zone_once()
    {
        ZoneLoadResult result = Load(Head + "a A 192.0.2.1\nb A 192.0.2.1\nc A 192.0.2.1\n", new ZoneCheckOptions { MaxRecords = 4 });

        MasterFileProblem problem = Assert.Single(result.Problems);
        Assert.Equal("db:6: too many records (must not exceed 4)", problem.ToString());
        Assert.False(result.IsLoaded);
    }

    [Fact]
    public void Limit_of_TTLs_refuses_the_zone()
    {
        ZoneLoadResult result = Load(Head + "a 301 A 192.0.2.1\n", new ZoneCheckOptions { MaxTtlSeconds = 300 });

        Assert.Equal(["db:5: TTL 301 exceeds configured max-zone-ttl 300"], result.Problems.Select(result.Line));
        Assert.False(result.IsLoaded);
    }

    [Theory]
    [InlineData("@ NS nowhere\n")]
    [InlineData("a MD ns\n")]
    [InlineData("a_b A 192.0.2.1\n")]
    public void Secondary_serves_what_it_was_given(string text)
    {
        Assert.False(Load(Head + text).IsLoaded);

        Assert.True(Load(Head + text, ZoneCheckOptions.Secondary).IsLoaded);
    }

    [Theory]
    [InlineData("a_b A 192.0.2.1\n")]
    [InlineData("a MX 1 192.0.2.1\n")]
    [InlineData("a MX 1 b\nb CNAME ns\n")]
    [InlineData("a SRV 0 0 1 b\nb CNAME ns\n")]
    [InlineData("l LP 1 a\nl LP 1 A\n")]
    [InlineData("a SPF \"v=spf1 -all\"\n")]
    [InlineData("a.*.b TXT x\n")]
    [InlineData("a NS 192.0.2.1\n")]
    public void Checks_that_are_off_say_nothing(string text)
    {
        ZoneCheckOptions options = new()
        {
            Names = CheckLevel.Ignore,
            Mx = CheckLevel.Ignore,
            MxCname = CheckLevel.Ignore,
            NsAddresses = CheckLevel.Ignore,
            SrvCname = CheckLevel.Ignore,
            DuplicateRecords = CheckLevel.Ignore,
            Spf = CheckLevel.Ignore,
            Integrity = false,
            Sibling = false,
            Wildcard = false,
        };

        Assert.Empty(Load(Head + text, options).Problems);
    }

    [Fact]
    public void Error_after_very_many_warnings_is_reported()
    {
        string warnings = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"a{i}.org. A 192.0.2.1\n"));

        ZoneLoadResult result = Load(Head + warnings + "a FOO\n");

        Assert.Contains("db:1005: unknown RR type 'FOO'", result.Problems.Select(result.Line));
        Assert.True(result.Problems.Count <= ZoneLoader.MaxProblems);
    }

    [Fact]
    public void Missing_file_is_an_error_that_names_it()
    {
        ZoneLoadResult result = ZoneLoader.Load(
            DomainName.Parse("example.com."), "nowhere.db", new MemorySource(), new ZoneCheckOptions());

        Assert.Contains("nowhere.db: nowhere.db: file not found", result.Problems.Select(result.Line));
        Assert.False(result.IsLoaded);
    }

    private static ZoneLoadResult Load(string text, ZoneCheckOptions? options = null) => ZoneLoader.Load(
        DomainName.Parse("example.com."), "db", new MemorySource { { "db", text } }, options ?? new ZoneCheckOptions());

    private static string Dump(ZoneLoadResult result)
    {
        StringWriter text = new();
        ZoneFileWriter.Write(result.Snapshot!, text, ZoneFileStyle.Full);
        return text.ToString();
    }
}
