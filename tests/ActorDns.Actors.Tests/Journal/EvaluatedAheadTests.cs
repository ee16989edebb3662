using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Updates that are evaluated on a version which is still being journaled.</summary>
public sealed class EvaluatedAheadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_see_the_version_below_and_are_answered_after_it()
    {
        await using JournaledZone zone = await StartAsync(TimeSpan.FromMinutes(2));
        Task<Rcode> below, ahead;
        await using (SqliteConnection other = await OccupyAsync())
        {
            below = await SendAsync(zone, "add www 60 192.0.2.1");
            ahead = await SendAsync(zone, "delete www", "add second 60 192.0.2.2");
            Assert.False(below.IsCompleted || ahead.IsCompleted);
        }

        Assert.Equal(Rcode.NoError, await below);
        Assert.Equal(Rcode.NoError, await ahead);
        Assert.True(zone.Has("second") && !zone.Has("www"));
        Assert.Equal(4u, zone.Serial);
    }

    [Fact]
    public async Task They_are_evaluated_anew_when_the_version_below_is_not_journaled()
    {
        await using JournaledZone zone = await StartAsync(TimeSpan.FromSeconds(1));
        Task<Rcode> below, ahead;
        await using (SqliteConnection other = await OccupyAsync())
        {
            below = await SendAsync(zone, "add www 60 192.0.2.1");
            ahead = await SendAsync(zone, "absent www", "add second 60 192.0.2.2");
            Assert.Equal(Rcode.ServFail, await below);
        }

        Assert.Equal(Rcode.NoError, await ahead);
        Assert.True(zone.Has("second") && !zone.Has("www"));
        Assert.Equal(3u, zone.Serial);
    }

    [Fact]
    public async Task They_are_evaluated_anew_when_other_work_comes_first()
    {
        await using JournaledZone zone = await StartAsync(TimeSpan.FromMinutes(2));
        Task<Rcode> below, ahead;
        Task<bool?> frozen;
        await using (SqliteConnection other = await OccupyAsync())
        {
            below = await SendAsync(zone, "add www 60 192.0.2.1");
            ahead = await SendAsync(zone, "add second 60 192.0.2.2");
            frozen = zone.Actor.AskAsync<bool?>(
                done => new ZoneCommand.Freeze(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);
            await zone.Actor.FlushAsync();
        }

        Assert.Equal(Rcode.NoError, await below);
        Assert.True(await frozen);
        Assert.Equal(Rcode.Refused, await ahead);
        Assert.Equal(3u, zone.Serial);
    }

    [Fact]
    public async Task Copy_of_an_update_that_is_being_journaled_waits_for_its_answer()
    {
        await using JournaledZone zone = await StartAsync(TimeSpan.FromMinutes(2));
        byte[] message = UpdateMessages.Of("absent www", "add www 60 192.0.2.1");
        UpdateSignature signature = new("key.example", new byte[] { 1 }, zone.Clock.GetUtcNow().AddMinutes(5));
        Task<Rcode> below, copy, ahead;
        await using (SqliteConnection other = await OccupyAsync())
        {
            below = zone.SendAsync(message, signature);
            await zone.Actor.FlushAsync();
            copy = zone.SendAsync(message, signature);
            ahead = await SendAsync(zone, "absent www", "add www 60 192.0.2.1");
            Assert.False(copy.IsCompleted);
        }

        Assert.Equal(Rcode.NoError, await below);
        Assert.Equal(Rcode.NoError, await copy);
        Assert.Equal(Rcode.YxDomain, await ahead);
        Assert.Equal(3u, zone.Serial);
    }

    private async Task<JournaledZone> StartAsync(TimeSpan busyTimeout)
    {
        JournaledZone zone = new(_folder, busyTimeout: busyTimeout);
        await zone.LoadAsync();
        await zone.Actor.FlushAsync();
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add first 60 192.0.2.9"));
        return zone;
    }

    /// <summary>Keeps the file from being written until it is disposed.</summary>
    private async Task<SqliteConnection> OccupyAsync()
    {
        SqliteConnection other = new($"Data Source={_folder["journal.db"]};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        other.BeginTransaction();
        return other;
    }

    private static async Task<Task<Rcode>> SendAsync(JournaledZone zone, params string[] lines)
    {
        Task<Rcode> answer = zone.UpdateAsync(lines);
        await zone.Actor.FlushAsync();
        return answer;
    }
}
