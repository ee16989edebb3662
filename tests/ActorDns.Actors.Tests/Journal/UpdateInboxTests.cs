using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Processes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Whatever is taken is answered, however updates and the zone's actor meet.</summary>
public sealed class UpdateInboxTests : IDisposable
{
    private const int Threads = 8;
    private const int UpdatesPerThread = 2_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Actor_is_told_once_until_it_rests_and_takes_no_more_than_a_group()
    {
        const int Capacity = 4_096;
        const int Group = 1_024;
        await using ActorSystem system = new("test", TimeProvider.System);
        Probe<ZoneCommand> actor = new(system);
        UpdateInbox inbox = new();
        Task<Rcode>[] waiting = [.. Enumerable.Range(0, Capacity).Select(_ => SendAsync())];
        await actor.ExpectAsync<ZoneCommand.UpdatesWait>();
        Assert.Equal(Rcode.ServFail, await SendAsync());

        List<IncomingUpdate> group = [];
        inbox.Fill(group, Group);
        inbox.Fill(group, Group);
        Assert.Equal(Group, group.Count);
        Assert.DoesNotContain(waiting, static answer => answer.IsCompleted);
        Task<Rcode>[] more = [.. Enumerable.Range(0, Group).Select(_ => SendAsync())];
        Assert.Equal(Rcode.ServFail, await SendAsync());
        Assert.False(inbox.TryRest());
        await actor.ExpectNothingAsync();

        inbox.Fill(group, Capacity + Group);
        Assert.Equal(Capacity + Group, group.Count);
        Assert.True(inbox.TryRest());
        Task<Rcode> last = SendAsync();
        await actor.ExpectAsync<ZoneCommand.UpdatesWait>();
        Assert.DoesNotContain(more, static answer => answer.IsCompleted);
        inbox.Close();
        Assert.Equal(Rcode.ServFail, await last);
        Assert.Equal(Rcode.ServFail, await SendAsync());

        Task<Rcode> SendAsync() => AwaitedUpdate.SendAsync([], null, inbox, actor.Ref);
    }

    [Fact]
    public async Task Updates_are_refused_when_the_actor_cannot_be_told()
    {
        await using ActorSystem system = new("test", TimeProvider.System);
        Probe<ZoneCommand> actor = new(system);
        await actor.Ref.StopAsync();
        await actor.ExpectTerminationAsync(actor.Ref);

        Assert.Equal(Rcode.ServFail, await AwaitedUpdate.SendAsync([], null, new UpdateInbox(), actor.Ref));
    }

    /// <summary>Each is sent when the one before is answered, so that the actor rests and is told again all the time.</summary>
    [Fact]
    public async Task Updates_of_many_threads_one_after_the_other_are_all_answered()
    {
        await using JournaledZone zone = new(_folder);
        await zone.LoadAsync();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < UpdatesPerThread; i++)
                Assert.Equal(Rcode.NoError, await zone.UpdateAsync("absent nobody"));
        })));
        Assert.Equal(1u, zone.Serial);
    }

    [Fact]
    public async Task Updates_of_many_threads_while_the_zone_leaves_are_all_answered()
    {
        await using JournaledZone zone = new(_folder);
        await zone.LoadAsync();
        using CancellationTokenSource left = new();
        Task<int>[] clients = [.. Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            int done = 0;
            for (int i = 0; ; i++)
            {
                bool isLast = left.IsCancellationRequested;
                Rcode rcode = await zone.UpdateAsync($"add h{thread}-{i} 60 192.0.2.1");
                Assert.True(rcode == Rcode.NoError || rcode == Rcode.ServFail, rcode.ToString());
                done += rcode == Rcode.NoError ? 1 : 0;
                if (!isLast)
                    continue;
                Assert.Equal(Rcode.ServFail, rcode);
                return done;
            }
        }))];
        while (zone.Serial < 20)
            await Task.Yield();
        Assert.True(await zone.Actor.AskAsync<bool>(
            done => new ZoneCommand.Withdraw(done), JournaledZone.Deadline, TestContext.Current.CancellationToken));
        await left.CancelAsync();
        Assert.InRange((await Task.WhenAll(clients)).Sum(), 19, int.MaxValue);
    }
}
