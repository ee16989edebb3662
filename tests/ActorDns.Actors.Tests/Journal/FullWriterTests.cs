using ActorDns.Protocol.Registries;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Updates;
using Microsoft.Data.Sqlite;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>A writer that has no room says so at once; what it has taken it answers (ARCHITECTURE §8).</summary>
public sealed class FullWriterTests : IDisposable
{
    private const int MostWaiting = 4_096;
    private const int MostAhead = UpdateBatch.MaxChanges;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Updates_beyond_what_may_wait_are_servfail_while_the_others_wait_and_are_done()
    {
        await using JournaledZone zone = new(_folder, busyTimeout: TimeSpan.FromMinutes(2));
        await zone.LoadAsync();
        await zone.Actor.FlushAsync();
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add first 60 192.0.2.1"));
        Task<Rcode>[] accepted, refused;
        await using (SqliteConnection other = new($"Data Source={_folder["journal.db"]};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteTransaction theirs = other.BeginTransaction();
            Task<Rcode> underWay = zone.UpdateAsync("add under-way 60 192.0.2.1"); // It waits for the file.
            await zone.Actor.FlushAsync();
            Task<Rcode>[] ahead = Send(zone, 0, MostAhead); // Evaluated on what is under way.
            await zone.Actor.FlushAsync();
            accepted = [underWay, .. ahead, .. Send(zone, MostAhead, MostWaiting)];
            await zone.Actor.FlushAsync();
            refused = [.. Enumerable.Range(0, 100).Select(_ => zone.UpdateAsync("add refused 60 192.0.2.1"))];
            Assert.All(await Task.WhenAll(refused), rcode => Assert.Equal(Rcode.ServFail, rcode));
            Assert.False(underWay.IsCompleted);
        }

        Assert.All(await Task.WhenAll(accepted), rcode => Assert.Equal(Rcode.NoError, rcode));
        Assert.False(zone.Has("refused"));
        Assert.Equal(3u + MostAhead + MostWaiting, zone.Serial);
    }

    private static Task<Rcode>[] Send(JournaledZone zone, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => zone.UpdateAsync($"add h{i} 60 192.0.2.1"))];
}
