using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>A UDP request costs no managed memory, whatever it asks, as long as nothing is logged.</summary>
public sealed class AllocationBudgetTests : IDisposable
{
    private const int BatchSize = 64;
    private const int Batches = 20;
    private const int Tries = 5;

    private const string Plain = """
        $TTL 1h
        @ SOA ns1 hostmaster 7 2h 15m 2w 5m
        @ NS ns1
        @ MX 10 mail
        ns1 A 192.0.2.1
        mail A 192.0.2.25
        mail AAAA 2001:db8::25
        www A 192.0.2.80
        $GENERATE 1-40 many TXT "a long text that takes some room in a reply number $"
        one CNAME two
        two CNAME three
        three CNAME www
        out CNAME www.signed.
        old DNAME new
        x.new A 192.0.2.4
        *.wild A 192.0.2.5
        sub NS ns.sub
        ns.sub A 192.0.2.6
        """;

    private static readonly TsigKey[] Keys =
        [.. TsigAlgorithm.All.Select(static algorithm => new TsigKey(
            DomainName.Parse(algorithm.Name + ".key."), algorithm, new TsigSecret(new byte[32])))];

    private readonly TestServer _plain = Server(rateLimiter: null);
    private readonly byte[] _response = new byte[4096];

    public static TheoryData<string, RecordType, Rcode> Questions => new()
    {
        { "www.example.", RecordType.A, Rcode.NoError },
        { "example.", RecordType.Mx, Rcode.NoError },
        { "example.", RecordType.Any, Rcode.NoError },
        { "nothing.example.", RecordType.A, Rcode.NxDomain },
        { "www.example.", RecordType.Txt, Rcode.NoError },
        { "host.sub.example.", RecordType.A, Rcode.NoError },
        { "a.wild.example.", RecordType.A, Rcode.NoError },
        { "one.example.", RecordType.A, Rcode.NoError },
        { "out.example.", RecordType.A, Rcode.NoError },
        { "x.old.example.", RecordType.A, Rcode.NoError },
        { "many.example.", RecordType.Txt, Rcode.NoError },
        { "closed.test.", RecordType.A, Rcode.Refused },
        { "elsewhere.", RecordType.A, Rcode.Refused },
        { "www.example.", RecordType.Tkey, Rcode.NotImp },
        { "www.example.", RecordType.Axfr, Rcode.FormErr },
        { "www.signed.", RecordType.A, Rcode.NoError },
        { "www.signed.", RecordType.Txt, Rcode.NoError },
        { "nothing.signed.", RecordType.A, Rcode.NxDomain },
        { "a.wild.signed.", RecordType.Txt, Rcode.NoError },
        { "a.wild.signed.", RecordType.A, Rcode.NoError },
        { "host.sub.signed.", RecordType.A, Rcode.NoError },
        { "host.secure.signed.", RecordType.A, Rcode.NoError },
        { "signed.", RecordType.Any, Rcode.NoError },
    };

    public static TheoryData<string> Algorithms => [.. TsigAlgorithm.All.Select(static algorithm => algorithm.Name)];

    public void Dispose() => _plain.Dispose();

    [Theory, MemberData(nameof(Questions))]
    public void Plain_question_allocates_nothing(string name, RecordType type, Rcode expected) =>
        Check(_plain, _plain.Query(name, type), expected);

    [Theory, MemberData(nameof(Questions))]
    public void Question_with_every_option_allocates_nothing(string name, RecordType type, Rcode expected)
    {
        QueryOptions options = new() { Edns = true, DnssecOk = true, Nsid = true, Cookie = new byte[8], Flags = MessageHeader.RecursionDesired };
        Check(_plain, _plain.Query(name, type, options), expected);
    }

    [Theory, MemberData(nameof(Questions))]
    public void Question_against_nsec3_allocates_nothing(string name, RecordType type, Rcode expected)
    {
        using TestServer server = Server(rateLimiter: null, SignedZoneText.WithNsec3());
        Check(server, server.Query(name, type, new QueryOptions { Edns = true, DnssecOk = true }), expected);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Signed_question_allocates_nothing(string algorithm)
    {
        TsigKey key = Keys.Single(key => key.Algorithm.Name == algorithm);
        Check(_plain, _plain.Query("www.example.", RecordType.A, new QueryOptions { Key = key }), Rcode.NoError);
        Check(_plain, _plain.Query("closed.test.", RecordType.Soa, new QueryOptions { Key = key }), KeyOpens(key));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Signature_that_fails_allocates_nothing(string algorithm)
    {
        TsigKey key = Keys.Single(key => key.Algorithm.Name == algorithm);
        byte[] late = _plain.Query("www.example.", RecordType.A, new QueryOptions { Key = key, SignedAt = _plain.Now - 301 });
        Check(_plain, late, Rcode.NotAuth);
        byte[] forged = _plain.Query("www.example.", RecordType.A, new QueryOptions { Key = key });
        forged[^20] ^= 1; // Within the MAC.
        Check(_plain, forged, Rcode.NotAuth);
        TsigKey stranger = new(DomainName.Parse("stranger."), key.Algorithm, new TsigSecret(new byte[32]));
        Check(_plain, _plain.Query("www.example.", RecordType.A, new QueryOptions { Key = stranger }), Rcode.NotAuth);
    }

    [Fact]
    public void Question_for_our_version_allocates_nothing() =>
        Check(_plain, _plain.Query("version.bind.", RecordType.Txt, new QueryOptions { Class = RecordClass.Ch }), Rcode.NoError);

    [Fact]
    public void Other_opcodes_allocate_nothing()
    {
        Check(_plain, _plain.Query("example.", RecordType.Soa, new QueryOptions { Opcode = new Opcode(2) }), Rcode.NotImp);
        Check(_plain, _plain.Query("elsewhere.", RecordType.Soa, new QueryOptions { Opcode = Opcode.Notify }), Rcode.NotAuth);
    }

    [Fact]
    public void Malformed_request_allocates_nothing()
    {
        byte[] message = _plain.Query("www.example.", RecordType.A);
        Check(_plain, [.. message, 0], Rcode.FormErr);
        Check(_plain, message[..^3], Rcode.FormErr);
        Check(_plain, _plain.Query("www.example.", RecordType.A, new QueryOptions { Edns = true, EdnsVersion = 1 }), Rcode.BadVers);
        message[2] |= 0x80;
        Check(_plain, message, expected: null);
        Check(_plain, [1, 2, 3], expected: null);
    }

    [Fact]
    public void Cookie_of_ours_is_checked_without_allocation()
    {
        QueryOptions options = new() { Edns = true, Cookie = new byte[8] };
        byte[] cookie = _plain.Ask("www.example.", RecordType.A, options).Cookie;
        Assert.Equal(ServerCookies.OptionBytes, cookie.Length);
        Check(_plain, _plain.Query("www.example.", RecordType.A, options with { Cookie = cookie }), Rcode.NoError);
    }

    [Fact]
    public void Limited_client_allocates_nothing()
    {
        RateLimitOptions options = new() { ResponsesPerSecond = 1, AllPerSecond = 2 };
        using TestServer server = Server(new RateLimiter(options, new byte[16]));
        byte[] query = server.Query("www.example.", RecordType.A);
        Check(server, query, Rcode.NoError);
        Assert.NotEqual(0, server.Counters.RateDropped);
    }

    /// <summary>The least of some tries counts: the runtime may use the thread for work of its own, such as compiling.</summary>
    private void Check(TestServer server, byte[] message, Rcode? expected)
    {
        byte[] reply = server.Send(message);
        if (expected is { } rcode)
            Assert.Equal(rcode, new Reply(reply).Rcode);
        else
            Assert.Empty(reply);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Tries && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int batch = 0; batch < Batches; batch++)
                server.SendRepeatedly(message, BatchSize, _response);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>The closed zone opens for one key, so that access lists with keys are walked.</summary>
    private static Rcode KeyOpens(TsigKey key) => key == Keys[0] ? Rcode.NoError : Rcode.Refused;

    private static TestServer Server(RateLimiter? rateLimiter, string? signed = null)
    {
        MatchList access = MatchList.Create(
            [MatchElement.Prefix(new NetPrefix(NetAddress.FromIPv4(0x0A000000), 8)), MatchElement.Key(Keys[0].Name)]);
        View view = new()
        {
            Zones = new ZoneTable(
            [
                TestZones.Serve("example.", Plain),
                TestZones.Serve("signed.", signed ?? SignedZoneText.WithNsec()),
                TestZones.Serve("closed.test.", "@ 1h SOA ns h 1 2h 15m 2w 5m\n@ 1h NS ns\nns 1h A 192.0.2.1\n", allowQuery: access),
            ]),
            RateLimiter = rateLimiter,
        };
        return new TestServer(new ServingState
        {
            Views = new ViewTable([view], ChaosZones.Create("version text", "host text", null)),
            Keys = KeyRing.Create(Keys.Select(key => new KeyRingEntry(key))),
            Cookies = new ServerCookies(new byte[16]),
            Nsid = "node-1"u8.ToArray(),
            Blackhole = MatchList.Create([MatchElement.Prefix(new NetPrefix(NetAddress.FromIPv4(0x0B000000), 8))]),
        });
    }
}
