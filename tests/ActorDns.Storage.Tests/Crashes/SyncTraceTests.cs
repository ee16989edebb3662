using ActorDns.Testing.Processes;

namespace ActorDns.Storage.Tests.Crashes;

/// <summary>
/// Kills prove little about power: the page cache outlives a process. Here the system calls are watched: no acknowledgement leaves before the
/// sync that follows the write of its group.
/// </summary>
public sealed class SyncTraceTests
{
    private const int Groups = 20;

    [Fact]
    public async Task Sqlite_acknowledges_after_exactly_one_sync_of_the_whole_group()
    {
        using TempFolder folder = new();
        string trace = folder["trace"];
        await using (ChildProcess child = Appender.Start(
            "sqlite", folder["journal.db"], Groups, "strace", "-f", "-y", "-o", trace, "-e", "trace=write,pwrite64,fsync,fdatasync"))
        {
            Assert.Equal(0, await child.WaitForExitAsync());
        }

        int acknowledged = 0, writes = 0, syncs = 0;
        bool isDirty = false, isReady = false;
        foreach (string line in await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken))
        {
            if (line.Contains("\"ready\\n\"", StringComparison.Ordinal))
            {
                isReady = true;
                (writes, syncs) = (0, 0);
            }
            else if (line.Contains("pwrite64(", StringComparison.Ordinal) && line.Contains("journal.db-wal", StringComparison.Ordinal))
            {
                isDirty = true;
                writes++;
            }
            else if (IsFinishedSync(line))
            {
                isDirty = false;
                syncs++;
            }
            else if (isReady && line.Contains("write(", StringComparison.Ordinal) && line.Contains("\"ack ", StringComparison.Ordinal))
            {
                Assert.False(isDirty, $"acknowledgement {acknowledged} left before the sync: {line}");
                Assert.True(writes > 0, "the trace shows no write of the journal: is it written by another call?");
                Assert.Equal(1, syncs);
                acknowledged++;
                (writes, syncs) = (0, 0);
            }
        }

        Assert.Equal(Groups, acknowledged);
    }

    /// <summary>With several threads strace tells a call in two lines; the second has its result.</summary>
    private static bool IsFinishedSync(string line) =>
        (line.Contains("fsync(", StringComparison.Ordinal) || line.Contains("fdatasync(", StringComparison.Ordinal)
            || line.Contains("fsync resumed>", StringComparison.Ordinal) || line.Contains("fdatasync resumed>", StringComparison.Ordinal))
        && line.EndsWith("= 0", StringComparison.Ordinal);
}
