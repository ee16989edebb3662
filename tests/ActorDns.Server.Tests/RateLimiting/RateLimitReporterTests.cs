using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.RateLimiting;

public sealed class RateLimitReporterTests
{
    private const long Now = 5_000;
    private static readonly byte[] HashKey = "fedcba9876543210"u8.ToArray();
    private static readonly DomainName Zone = DomainName.Parse("Example.com.");

    [Theory]
    [InlineData(ResponseCategory.Answer, "limit responses to 192.0.2.0/24 for Example.com IN MX  (")]
    [InlineData(ResponseCategory.Referral, "limit referral responses to 192.0.2.0/24 for Example.com IN  (")]
    [InlineData(ResponseCategory.NoData, "limit NODATA responses to 192.0.2.0/24 for Example.com IN  (")]
    [InlineData(ResponseCategory.NxDomain, "limit NXDOMAIN responses to 192.0.2.0/24 for Example.com  (")]
    [InlineData(ResponseCategory.Error, "limit REFUSED error responses to 192.0.2.0/24")]
    public void Start_is_told_in_the_words_that_tools_look_for(ResponseCategory category, string expected)
    {
        RateLimiter limiter = Limiter();
        Flood(limiter, Now, category);
        Assert.StartsWith(expected, Assert.Single(new RateLimitReporter(limiter).Collect(Now)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_responses_are_named_as_such()
    {
        RateLimiter limiter = new(new RateLimitOptions { AllPerSecond = 1 }, HashKey);
        Flood(limiter, Now);
        Assert.Equal("limit all responses to 192.0.2.0/24", Assert.Single(new RateLimitReporter(limiter).Collect(Now)).Text);
    }

    [Fact]
    public void Name_is_followed_by_the_eight_digits_of_its_hash()
    {
        RateLimiter limiter = Limiter();
        Flood(limiter, Now, ResponseCategory.NxDomain);
        Assert.Matches(@"for Example\.com  \([0-9a-f]{8}\)$", new RateLimitReporter(limiter).Collect(Now)[0].Text);
    }

    [Fact]
    public void Network_is_written_with_its_length_even_when_it_is_one_address()
    {
        RateLimiter limiter = new(new RateLimitOptions { ErrorsPerSecond = 1, IPv4PrefixBits = 32 }, HashKey);
        Flood(limiter, Now, ResponseCategory.Error);
        Assert.Equal(
            "limit REFUSED error responses to 192.0.2.7/32", new RateLimitReporter(limiter).Collect(Now)[0].Text);
    }

    [Fact]
    public void Start_is_told_once_while_limiting_goes_on()
    {
        RateLimiter limiter = Limiter();
        RateLimitReporter reporter = new(limiter);
        Flood(limiter, Now);
        Assert.Single(reporter.Collect(Now));
        Flood(limiter, Now + 1);
        Assert.Empty(reporter.Collect(Now + 1));
    }

    [Fact]
    public void Limiting_that_goes_on_for_half_an_hour_is_told_again()
    {
        RateLimiter limiter = Limiter();
        RateLimitReporter reporter = new(limiter);
        List<string> told = [];
        for (long now = Now; now <= Now + 1_800; now += 10)
        {
            Flood(limiter, now);
            told.AddRange(reporter.Collect(now).Select(line => line.Kind.ToString()));
        }

        Assert.Equal(["Started", "Continued"], told);
    }

    [Fact]
    public void Stop_is_told_after_a_minute_of_rest()
    {
        RateLimiter limiter = Limiter();
        RateLimitReporter reporter = new(limiter);
        Flood(limiter, Now, ResponseCategory.NxDomain);
        reporter.Collect(Now);
        Assert.Empty(reporter.Collect(Now + 59));
        Assert.StartsWith(
            "stop limiting NXDOMAIN responses to 192.0.2.0/24 for Example.com  (",
            Assert.Single(reporter.Collect(Now + 60)).Text,
            StringComparison.Ordinal);
        Assert.Equal(0, reporter.LimitedAccounts);
    }

    [Fact]
    public void Limiting_that_begins_again_after_a_stop_is_told_again()
    {
        RateLimiter limiter = Limiter();
        RateLimitReporter reporter = new(limiter);
        Flood(limiter, Now);
        reporter.Collect(Now);
        reporter.Collect(Now + 60);
        Flood(limiter, Now + 61);
        Assert.Equal(RateLimitEventKind.Started, Assert.Single(reporter.Collect(Now + 61)).Kind);
    }

    [Fact]
    public void Account_that_is_pushed_out_while_limited_is_told_with_an_asterisk()
    {
        RateLimiter limiter = new(
            new RateLimitOptions { ResponsesPerSecond = 1, MaxTableSize = 4, MinTableSize = 4 }, HashKey);
        RateLimitReporter reporter = new(limiter);
        Flood(limiter, Now);
        reporter.Collect(Now);
        for (uint network = 1; network <= 8; network++)
            Flood(limiter, Now + network, client: NetAddress.FromIPv4(0x0A00_0000 | (network << 8)));
        Assert.Contains(
            reporter.Collect(Now + 9),
            line => line.Text.StartsWith("*stop limiting responses to 192.0.2.0/24 for", StringComparison.Ordinal));
    }

    [Fact]
    public void Reports_beyond_the_queue_are_counted_and_not_kept()
    {
        RateLimiter limiter = new(new RateLimitOptions { ResponsesPerSecond = 1 }, HashKey);
        for (uint network = 0; network < 1_100; network++)
            Flood(limiter, Now, client: NetAddress.FromIPv4(0x0A00_0000 | (network << 8)));
        Assert.Equal(76, limiter.LostReports);
        Assert.Equal(1_024, new RateLimitReporter(limiter).Collect(Now).Count);
    }

    private static RateLimiter Limiter() => new(new RateLimitOptions { ResponsesPerSecond = 1 }, HashKey);

    private static void Flood(
        RateLimiter limiter, long now, ResponseCategory category = ResponseCategory.Answer, NetAddress? client = null)
    {
        LimitedResponse response = new(client ?? NetAddress.From(IPAddress.Parse("192.0.2.7")), category)
        {
            Name = Zone.Wire,
            Type = RecordType.Mx,
            Class = RecordClass.In,
            Rcode = Rcode.Refused,
        };
        for (int i = 0; i < 20; i++)
            limiter.Charge(response, now);
    }
}
