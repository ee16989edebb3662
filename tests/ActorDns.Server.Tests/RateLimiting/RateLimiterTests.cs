using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.RateLimiting;

public sealed class RateLimiterTests
{
    private const long Now = 1_000_000;
    private static readonly byte[] HashKey = "0123456789abcdef"u8.ToArray();
    private static readonly DomainName Name = DomainName.Parse("www.example.com.");

    [Fact]
    public void Rate_is_sent_and_then_every_second_response_slips() =>
        Assert.Equal("SSS/d/d/d", Charges(new RateLimitOptions { ResponsesPerSecond = 3 }, 9));

    [Theory]
    [InlineData(0, "SSdddddd")]
    [InlineData(1, "SS//////")]
    [InlineData(3, "SS/dd/dd")]
    public void Slip_says_how_many_limited_responses_go_out_truncated(int slip, string expected) =>
        Assert.Equal(expected, Charges(new RateLimitOptions { ResponsesPerSecond = 2, Slip = slip }, 8));

    [Fact]
    public void Rate_of_zero_limits_nothing() => Assert.Equal("SSSSS", Charges(new RateLimitOptions(), 5));

    [Fact]
    public void Each_second_earns_the_rate()
    {
        RateLimiter limiter = Limiter(5);
        Charges(limiter, 7, Now);
        Assert.Equal("SSS/", Charges(limiter, 4, Now + 1));
    }

    [Fact]
    public void Credit_is_never_more_than_one_second_of_rate()
    {
        RateLimiter limiter = Limiter(5);
        Charges(limiter, 1, Now);
        Assert.Equal("SSSSS/", Charges(limiter, 6, Now + 10));
    }

    [Fact]
    public void Debt_is_at_most_a_window_of_the_rate()
    {
        RateLimiter limiter = Limiter(5);
        Charges(limiter, 10_000, Now);
        Assert.Equal("d", Charges(limiter, 1, Now + 15)[..1].Replace('/', 'd'));
    }

    [Fact]
    public void Account_untouched_for_longer_than_the_window_starts_anew()
    {
        RateLimiter limiter = Limiter(5);
        Charges(limiter, 10_000, Now);
        Assert.Equal("SSSSS/", Charges(limiter, 6, Now + 16));
    }

    [Fact]
    public void Clock_that_goes_back_a_little_earns_nothing()
    {
        RateLimiter limiter = Limiter(2);
        Charges(limiter, 3, Now);
        Assert.Equal("d", Charges(limiter, 1, Now - 3));
    }

    [Fact]
    public void Clock_that_goes_back_far_forgets_the_account()
    {
        RateLimiter limiter = Limiter(2);
        Charges(limiter, 30, Now);
        Assert.Equal("SS/", Charges(limiter, 3, Now - 3_600));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::9", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:101::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void Clients_of_one_network_share_an_account(string first, string second, bool isShared)
    {
        RateLimiter limiter = Limiter(1);
        limiter.Charge(Answer(first), Now);
        Assert.Equal(isShared, limiter.Charge(Answer(second), Now) != RateLimitOutcome.Send);
    }

    [Theory]
    [InlineData(ResponseCategory.Answer, true, false, false)]
    [InlineData(ResponseCategory.NoData, true, false, true)]
    [InlineData(ResponseCategory.Referral, true, false, true)]
    [InlineData(ResponseCategory.NxDomain, true, false, true)]
    [InlineData(ResponseCategory.Error, true, true, true)]
    public void Kind_decides_what_an_account_tells_apart(
        ResponseCategory category, bool sharesCase, bool sharesName, bool sharesType)
    {
        Assert.Equal(sharesCase, Shares(category, "WWW.Example.COM.", RecordType.A));
        Assert.Equal(sharesName, Shares(category, "other.example.com.", RecordType.A));
        Assert.Equal(sharesType, Shares(category, "www.example.com.", RecordType.Aaaa));
    }

    [Fact]
    public void Kinds_have_accounts_and_rates_of_their_own()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 1, NxDomainsPerSecond = 3 });
        Charges(limiter, 2, Now);
        Assert.Equal("SSS/", Charges(limiter, 4, Now, ResponseCategory.NxDomain));
    }

    [Fact]
    public void Rates_left_out_follow_that_of_responses()
    {
        RateLimitOptions options = new() { ResponsesPerSecond = 7, ErrorsPerSecond = 2 };
        Assert.Equal((7, 7, 7, 2, 0), (options.ReferralsPerSecond, options.NoDataPerSecond, options.NxDomainsPerSecond,
            options.ErrorsPerSecond, options.AllPerSecond));
    }

    [Fact]
    public void All_responses_of_a_client_together_are_limited_without_slip()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { AllPerSecond = 3 });
        string outcomes = string.Concat(Enumerable.Range(0, 6).Select(i => Letter(limiter.Charge(
            new LimitedResponse(Address("192.0.2.1"), ResponseCategory.Answer)
            {
                Name = DomainName.Parse($"n{i}.").Wire,
            },
            Now))));
        Assert.Equal("SSSddd", outcomes);
    }

    [Fact]
    public void Streams_are_not_limited() =>
        Assert.Equal("SSS", Charges(Limiter(1), 3, Now, isStream: true));

    [Fact]
    public void Clients_with_a_signature_or_a_good_cookie_are_not_limited() =>
        Assert.Equal("SSS", Charges(Limiter(1), 3, Now, isProven: true));

    [Fact]
    public void Exempt_clients_are_not_limited()
    {
        MatchList exempt = MatchList.Create([MatchElement.Prefix(new NetPrefix(Address("192.0.2.0"), 24))]);
        Assert.Equal("SSS", Charges(new RateLimitOptions { ResponsesPerSecond = 1, ExemptClients = exempt }, 3));
    }

    [Fact]
    public void Log_only_sends_everything_and_reports_all_the_same()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 1, LogOnly = true });
        Assert.Equal("SSSS", Charges(limiter, 4, Now));
        Assert.StartsWith(
            "would limit responses to", new RateLimitReporter(limiter).Collect(Now).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_shrink_when_all_clients_together_ask_more_than_the_scale()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 10, QpsScale = 51, WindowSeconds = 2 });
        ExerciseTotal(limiter);
        Assert.Equal("SSSSS/", Charges(limiter, 6, Now + 2));
    }

    [Fact]
    public void Rates_do_not_shrink_for_clients_that_have_used_a_stream()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 10, QpsScale = 51, WindowSeconds = 2 });
        ExerciseTotal(limiter);
        Charges(limiter, 1, Now + 2, isStream: true);
        Assert.Equal("SSSSSSSSSS/", Charges(limiter, 11, Now + 2));
    }

    [Fact]
    public void Rates_do_not_shrink_below_the_scale()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 10, QpsScale = 500, WindowSeconds = 2 });
        ExerciseTotal(limiter);
        Assert.Equal("SSSSSSSSSS/", Charges(limiter, 11, Now + 2));
    }

    [Fact]
    public void Threads_that_share_an_account_send_its_rate_once()
    {
        RateLimiter limiter = Limiter(100);
        Charges(limiter, 1, Now);
        int sent = 1;
        Parallel.For(0, 20_000, _ =>
        {
            if (limiter.Charge(Answer("192.0.2.1"), Now) == RateLimitOutcome.Send)
                Interlocked.Increment(ref sent);
        });
        Assert.InRange(sent, 100, 110);
    }

    [Fact]
    public void Limited_accounts_survive_a_flood_of_new_ones()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 1, MaxTableSize = 500 });
        Charges(limiter, 100, Now);
        for (uint network = 0; network < 2_000; network++)
            limiter.Charge(new LimitedResponse(NetAddress.FromIPv4(network << 8), ResponseCategory.Answer), Now + 1);
        Assert.NotEqual("S", Charges(limiter, 1, Now + 2));
    }

    [Fact]
    public void Charging_does_not_allocate()
    {
        RateLimiter limiter = Limiter(new RateLimitOptions { ResponsesPerSecond = 1, AllPerSecond = 1_000 });
        Charges(limiter, 10, Now);
        LimitedResponse response = Answer("192.0.2.1");
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // A collection on another thread may be charged to this one: the least of some attempts counts.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 500; round++)
                limiter.Charge(response, Now);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(1_001, 15, 2)]
    [InlineData(-1, 15, 2)]
    [InlineData(5, 0, 2)]
    [InlineData(5, 3_601, 2)]
    [InlineData(5, 15, 11)]
    public void Options_out_of_range_are_refused(int rate, int window, int slip) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Limiter(new RateLimitOptions { ResponsesPerSecond = rate, WindowSeconds = window, Slip = slip }));

    /// <summary>100 responses per second over a whole window of two seconds, to networks that no test asks from.</summary>
    private static void ExerciseTotal(RateLimiter limiter)
    {
        for (uint i = 0; i < 200; i++)
        {
            limiter.Charge(
                new LimitedResponse(NetAddress.FromIPv4(0x0A00_0000 | (i << 8)), ResponseCategory.Answer), Now + (i / 100));
        }
    }

    private static bool Shares(ResponseCategory category, string name, RecordType type)
    {
        RateLimiter limiter = Limiter(1);
        Charges(limiter, 1, Now, category);
        LimitedResponse other = new(Address("192.0.2.1"), category)
        {
            Name = DomainName.Parse(name).Wire,
            Type = type,
            Class = RecordClass.In,
        };
        return limiter.Charge(other, Now) != RateLimitOutcome.Send;
    }

    private static RateLimiter Limiter(int rate) => Limiter(new RateLimitOptions { ResponsesPerSecond = rate });

    private static RateLimiter Limiter(RateLimitOptions options) => new(options, HashKey);

    private static string Charges(RateLimitOptions options, int count) => Charges(Limiter(options), count, Now);

    private static string Charges(
        RateLimiter limiter, int count, long now, ResponseCategory category = ResponseCategory.Answer,
        bool isStream = false, bool isProven = false)
    {
        char[] outcomes = new char[count];
        for (int i = 0; i < count; i++)
        {
            outcomes[i] = Letter(limiter.Charge(
                new LimitedResponse(Address("192.0.2.1"), category)
                {
                    Name = Name.Wire,
                    Type = RecordType.A,
                    Class = RecordClass.In,
                    IsStream = isStream,
                    IsProven = isProven,
                },
                now));
        }

        return new string(outcomes);
    }

    private static LimitedResponse Answer(string client) => new(Address(client), ResponseCategory.Answer)
    {
        Name = Name.Wire,
        Type = RecordType.A,
        Class = RecordClass.In,
    };

    private static char Letter(RateLimitOutcome outcome) =>
        outcome switch { RateLimitOutcome.Send => 'S', RateLimitOutcome.Slip => '/', _ => 'd' };

    private static NetAddress Address(string text) => NetAddress.From(IPAddress.Parse(text));
}
