using System.Net;
using ActorDns.Actors.Notify;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Tests.Notify;

/// <summary>Whom a round tells: name servers and their addresses. All listen on one port of loopback addresses.</summary>
public sealed class NotifyTargetsTests : IAsyncDisposable
{
    private const string TwoServers = "@ NS ns1\n@ NS ns2\nns1 A 127.0.0.2\nns2 A 127.0.0.3\n";
    private readonly NotifierFixture _fixture = new();
    private readonly ListeningServer _first = new("127.0.0.2");
    private readonly ListeningServer _second;

    public NotifyTargetsTests()
    {
        _second = new ListeningServer("127.0.0.3", _first.Endpoint.Port);
        _fixture.Settings = new NotifierSettings { Port = _first.Endpoint.Port, StartupRate = 1_000 };
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
    }

    [Theory]
    [Rfc(1996, "2.1")]
    [InlineData(false, new[] { "127.0.0.3" })]
    [InlineData(true, new[] { "127.0.0.2", "127.0.0.3" })]
    public async Task Name_servers_are_told_without_the_primary_of_the_SOA_unless_it_is_asked_for(bool toSoa, string[] told) =>
        Assert.Equal(told, await ToldAsync(TwoServers, zone => zone with { ToNameServers = true, ToSoaPrimary = toSoa }));

    [Fact]
    public async Task List_of_others_is_told_besides_and_a_server_in_both_once()
    {
        string[] told = await ToldAsync(TwoServers, zone => zone with
        {
            ToNameServers = true,
            AlsoNotify = [new AlsoNotify(_first.Endpoint), new AlsoNotify(_second.Endpoint)],
        });
        Assert.Equal(["127.0.0.2", "127.0.0.3"], told);
        Assert.False(_second.HasMore);
    }

    [Fact]
    public async Task List_alone_is_told_when_name_servers_are_not_wanted()
    {
        string[] told = await ToldAsync(TwoServers, zone => zone with { AlsoNotify = [new AlsoNotify(_first.Endpoint)] });
        Assert.Equal(["127.0.0.2"], told);
    }

    [Fact]
    public async Task Address_where_we_listen_ourselves_is_not_told()
    {
        _fixture.Settings = _fixture.Settings with { Own = new HashSet<NetEndpoint> { _second.Endpoint } };
        Assert.Empty(await ToldAsync(TwoServers, zone => zone with { ToNameServers = true }));
        Assert.Equal(0, _fixture.Lines.Count("sending notifies"));
    }

    [Fact]
    public async Task Name_server_in_another_zone_of_the_view_is_found_there()
    {
        PublishedZone hosts = _fixture.Add("hosts.", zone => zone);
        NotifierFixture.Serve(hosts, 1, "@ NS ns\nns A 127.0.0.3\n");
        string[] told = await ToldAsync("@ NS ns.hosts.\n", zone => zone with { ToNameServers = true });
        Assert.Equal(["127.0.0.3"], told);
    }

    [Fact]
    public async Task Name_server_outside_is_asked_of_the_system_once_for_many_rounds()
    {
        List<string> asked = [];
        _fixture.Resolve = name =>
        {
            asked.Add(name);
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.3")]);
        };
        PublishedZone zone = await ServeAsync("@ NS ns.elsewhere.\n", zone => zone with { ToNameServers = true });
        Assert.Equal(1u, await _second.AcknowledgeAsync());
        await _fixture.AnsweredAsync();
        Assert.True(await _fixture.NowAsync(zone));
        Assert.Equal(1u, await _second.AcknowledgeAsync());
        Assert.Equal(["ns.elsewhere"], asked);
    }

    [Fact]
    public async Task Name_server_without_address_is_named_once()
    {
        PublishedZone zone = await ServeAsync("@ NS ns.elsewhere.\n", zone => zone with { ToNameServers = true });
        await _fixture.Lines.WaitForAsync("the address of name server ns.elsewhere is not known");
        for (int i = 0; i < 3; i++)
        {
            await _fixture.AdvanceAsync(120);
            Assert.True(await _fixture.NowAsync(zone));
            await _fixture.Notifier.FlushAsync();
        }

        Assert.Equal(1, _fixture.Lines.Count("is not known"));
    }

    [Fact]
    public async Task System_that_does_not_answer_holds_nobody_up_and_is_given_up()
    {
        TaskCompletionSource<IPAddress[]> never = new();
        _fixture.Resolve = _ => never.Task;
        await ServeAsync(
            "@ NS ns2\nns2 A 127.0.0.3\n@ NS ns.elsewhere.\n", zone => zone with { ToNameServers = true });
        Assert.Equal(1u, await _second.AcknowledgeAsync());
        await _fixture.AnsweredAsync();
        Assert.Equal(0, _fixture.Lines.Count("is not known"));
        await _fixture.AdvanceAsync(5);
        Assert.Equal(1, _fixture.Lines.Count("the address of name server ns.elsewhere is not known"));
        never.SetResult([]);
    }

    private async Task<PublishedZone> ServeAsync(string records, Func<ZoneNotifySettings, ZoneNotifySettings> set)
    {
        PublishedZone zone = _fixture.Add("example.", set);
        NotifierFixture.Serve(zone, 1, records);
        await _fixture.OpenAsync();
        await _fixture.TellAsync(new NotifyCommand.Changed(zone));
        return zone;
    }

    /// <summary>The servers that a round tells, each after it has acknowledged.</summary>
    private async Task<string[]> ToldAsync(string records, Func<ZoneNotifySettings, ZoneNotifySettings> set)
    {
        await ServeAsync(records, set);
        List<string> told = [];
        foreach (ListeningServer server in (ListeningServer[])[_first, _second])
        {
            if (!server.HasMore)
                continue;
            Assert.Equal(1u, await server.AcknowledgeAsync());
            told.Add(server.Endpoint.Address.ToString());
        }

        return [.. told];
    }
}
