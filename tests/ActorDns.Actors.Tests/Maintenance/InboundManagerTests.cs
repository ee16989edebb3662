using System.Net;
using System.Net.Sockets;
using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>How many zones are fetched at once, from all primaries and from one.</summary>
public sealed class InboundManagerTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly ActorSystem _system = new("test", new ManualClock());
    private readonly LogLines _lines = new();
    private readonly List<Socket> _primaries = [];

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        foreach (Socket primary in _primaries)
            primary.Dispose();
    }

    [Theory]
    [InlineData(10, 2, null, 3)] // Two from the first and one from the second.
    [InlineData(2, 2, null, 2)]
    [InlineData(10, 1, null, 2)]
    [InlineData(10, 2, 3, 4)] // server { transfers 3; } for the first.
    public async Task Transfers_run_up_to_the_quotas_and_the_others_wait(int all, int perPrimary, int? ofFirst, int running)
    {
        ActorRef<InboundCommand> manager = Manager(new InboundSettings(all, perPrimary));
        Primary first = Silent("127.0.0.1") with { MaxTransfers = ofFirst };
        Primary second = Silent("127.0.0.2");
        foreach (Primary primary in (Primary[])[first, first, first, second])
            _ = Fetch(manager, primary);
        Assert.Equal((running, 4 - running), await CountAsync(manager));
    }

    [Fact]
    public async Task Greater_quotas_start_what_waits_and_an_ended_transfer_makes_room()
    {
        ActorRef<InboundCommand> manager = Manager(new InboundSettings(1, 1));
        Primary primary = Silent("127.0.0.1");
        Task<InboundOutcome>[] outcomes = [.. Enumerable.Range(0, 3).Select(_ => Fetch(manager, primary))];
        Assert.Equal((1, 2), await CountAsync(manager));
        manager.Tell(new InboundCommand.Configure(new InboundSettings(2, 2)));
        Assert.Equal((2, 1), await CountAsync(manager));
        using (Socket client = await _primaries[0].AcceptAsync(TestContext.Current.CancellationToken))
        {
            // Closed without an answer.
        }

        await Task.WhenAny(outcomes).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        (int Running, int Waiting) count = await CountAsync(manager);
        while (count.Running + count.Waiting == 3)
            count = await CountAsync(manager);
        Assert.Equal((2, 0), count);
    }

    private ActorRef<InboundCommand> Manager(InboundSettings settings) =>
        _system.Spawn("transfers", () => new InboundManager(settings, _lines));

    private Primary Silent(string address)
    {
        Socket listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        listening.Listen();
        _primaries.Add(listening);
        IPEndPoint local = (IPEndPoint)listening.LocalEndPoint!;
        return new Primary(new NetEndpoint(NetAddress.From(local.Address), (ushort)local.Port));
    }

    private Task<InboundOutcome> Fetch(ActorRef<InboundCommand> manager, Primary primary)
    {
        ActorRef<ZoneCommand> writer = _system.Spawn<ZoneCommand>(null, () => throw new InvalidOperationException("nothing comes"));
        InboundTransfer transfer = new(DomainName.Parse("example."), "example/IN", primary, null, writer);
        return manager.AskAsync<InboundOutcome>(
            answer => new InboundCommand.Fetch(transfer, answer), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
    }

    private static Task<(int Running, int Waiting)> CountAsync(ActorRef<InboundCommand> manager) =>
        manager.AskAsync<(int Running, int Waiting)>(
            answer => new InboundCommand.Count(answer), Deadline, TestContext.Current.CancellationToken);
}
