using ActorDns.Actors.Zones;
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
