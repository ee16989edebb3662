using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Ports;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Every refusal is a line that ends with the rule that decided, and is kept for the operator.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Text = "@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\nns1 A 192.0.2.1\n";

    private static readonly QueryOptions Signed = new() { Key = TestServer.Key };

    private readonly RecordingRefusals _refusals = new();
    private readonly RecordingLoggers _loggers = new();

    public void Dispose() => _loggers.Dispose();

    [Theory]
    [InlineData("update", "allow-update: !any")]
    [InlineData("transfer", "allow-transfer: !any")]
    [InlineData("notify", "allow-notify: !any")]
    public void Refusal_is_kept_with_client_key_and_rule_which_also_ends_the_log_line(string operation, string rule)
    {
        using TestServer server = Server(operation == "notify" ? ZoneRole.Secondary : ZoneRole.Primary);
        byte[] message = Message(server, operation, Signed);
        server.Send(message);
        RefusedRequest refusal = Assert.Single(_refusals.Refusals);
        Assert.Equal((operation, "example.", server.Client, "key.example", "REFUSED", rule),
            (refusal.Operation, refusal.Zone, refusal.Client, refusal.KeyName, refusal.Answer, refusal.Rule));
        Assert.Equal(operation == "update" ? message : [], refusal.Update.ToArray());
        Assert.EndsWith($"({rule})", _loggers.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Update_policy_that_asks_nobody_is_the_rule_for_an_unsigned_datagram()
    {
        using TestServer server = Server(ZoneRole.Primary, hasPolicy: true);
        server.Send(Message(server, "update", new QueryOptions()));
        Assert.Equal("update-policy: neither signed nor by TCP", Assert.Single(_refusals.Refusals).Rule);
        Assert.EndsWith("(update-policy: neither signed nor by TCP)", Assert.Single(_loggers.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Refused_query_is_a_line_with_its_rule_and_is_kept_only_where_that_is_wanted(bool wanted, int kept)
    {
        _refusals.TakesQueries = wanted;
        using TestServer server = Server(ZoneRole.Primary, allowQuery: MatchList.None);
        server.Send(server.Query("www.example.", RecordType.A));
        Assert.EndsWith("denied (zone example/IN; allow-query: !any)", Assert.Single(_loggers.Lines), StringComparison.Ordinal);
        Assert.Equal(kept, _refusals.Refusals.Count);
    }

    [Theory]
    [InlineData("update", 1)]
    [InlineData("transfer", 1)]
    [InlineData("notify", 1)]
    [InlineData("query", 0)]
    public void Request_that_matches_no_view_is_a_line_with_its_rule_and_is_kept(string operation, int kept)
    {
        const string Rule = "match-clients and match-destinations: no view matched";
        View closed = new() { Zones = new ZoneTable([]), MatchClients = MatchList.None };
        ServingState state = new() { Views = new ViewTable([closed], new ZoneTable([])) };
        using TestServer server = new(state, null, _loggers, _refusals);
        Assert.Equal(Rcode.Refused, new Reply(server.Send(Message(server, operation, new QueryOptions()))).Rcode);
        Assert.EndsWith($" {server.Client}: no matching view in class 'IN' ({Rule})", Assert.Single(_loggers.Lines), StringComparison.Ordinal);
        Assert.Equal(kept, _refusals.Refusals.Count);
        Assert.All(_refusals.Refusals, refusal => Assert.Equal((operation, "", Rule), (refusal.Operation, refusal.Zone, refusal.Rule)));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("update")]
    [InlineData("transfer")]
    public void Signature_that_fails_is_kept_with_the_name_of_the_key_and_what_was_wrong(string operation)
    {
        using TestServer server = Server(ZoneRole.Primary);
        TsigKey other = new(DomainName.Parse("nobody.example."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]));
        server.Send(Message(server, operation, new QueryOptions { Key = other }));
        RefusedRequest refusal = Assert.Single(_refusals.Refusals);
        Assert.Equal((operation, "nobody.example", "BADKEY", "TSIG: unknown key"),
            (refusal.Operation, refusal.KeyName, refusal.Answer, refusal.Rule));
        Assert.EndsWith("tsig verify failure (BADKEY): unknown key", Assert.Single(_loggers.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Flood_is_still_answered_and_logged_when_nothing_more_is_kept()
    {
        _refusals.Places = 2;
        using TestServer server = Server(ZoneRole.Primary);
        byte[] message = Message(server, "update", Signed);
        for (int i = 0; i < 5; i++)
            Assert.Equal(Rcode.Refused, new Reply(server.Send(message)).Rcode);
        Assert.Equal((2, 5), (_refusals.Refusals.Count, _loggers.Lines.Count));
    }

    private static byte[] Message(TestServer server, string operation, QueryOptions options) => operation switch
    {
        "update" => server.Query("example.", RecordType.Soa, options with { Opcode = Opcode.Update }),
        "notify" => server.Query("example.", RecordType.Soa, options with { Opcode = Opcode.Notify }),
        "transfer" => server.Query("example.", RecordType.Ixfr, options),
        _ => server.Query("example.", RecordType.Soa, options),
    };

    private TestServer Server(ZoneRole role, bool hasPolicy = false, MatchList? allowQuery = null)
    {
        ServedZone zone = new()
        {
            Published = TestZones.Serve("example.", Text).Published,
            AllowQuery = allowQuery ?? MatchList.Any,
            AllowUpdate = MatchList.None,
            AllowTransfer = MatchList.None,
            NotifySources = MatchList.None,
            HasUpdatePolicy = hasPolicy,
            Role = role,
        };
        return TestServer.WithWriters(new RecordingWriters(), zone, _loggers, _refusals);
    }
}
