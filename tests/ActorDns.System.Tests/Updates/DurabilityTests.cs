using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// Kills prove little about power: the page cache outlives a process. Here the system calls of the server are watched: no NOERROR leaves
/// before the sync that follows the write of its update, and the disk as of the last sync has every update that was acknowledged.
/// </summary>
public sealed class DurabilityTests
{
    private const int ImagesChecked = 5;
    private static readonly int Updates = TestSize.Pick(30, 60, 400);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Rfc(2136, "3.5")]
    public async Task Acknowledgement_leaves_after_the_sync_and_the_image_of_that_sync_has_the_update(bool overTcp)
    {
        using TempFolder folder = new();
        string store = folder["actordns.db"];
        string trace = folder["trace"];
        folder.Write("example.db", DynamicZone.Text(DynamicZone.FirstSerial));
        NamedConf conf = new NamedConf().Key(DynamicZone.Key).Primary(
            DynamicZone.Zone, "example.db", $"allow-update {{ key \"{DynamicZone.Key.Name}\"; }}; allow-transfer {{ any; }};");
        await using (ServerUnderTest server = await ServerUnderTest.StartAsync(
            folder, conf, ServerKind.ActorDns, under:
            ["strace", "-f", "-y", "-xx", "-s", "70000", "-o", trace, "-e", "trace=sendto,sendmsg,sendmmsg,pwrite64,ftruncate,fsync,fdatasync"]))
        {
            using SignedClient client = overTcp
                ? await SignedClient.ConnectTcpAsync(server.EndPoint, DynamicZone.Key)
                : SignedClient.ConnectUdp(server.EndPoint, DynamicZone.Key);
            for (int i = 0; i < Updates; i++)
            {
                string[] records = AcknowledgedUpdates.RecordsOf($"u{i}.example.");
                Assert.Equal("NOERROR", $"{await client.UpdateAsync(DynamicZone.Zone, records)}");
            }
        }

        int acknowledged = 0, writes = 0, syncs = 0;
        new SyncTrace(store).Read(File.ReadLines(trace), at =>
        {
            string change = $"+u{acknowledged}.example. ";
            Assert.False(at.IsUnsynced(change), $"acknowledgement {acknowledged} left before the sync");
            Assert.True(at.IsDurable(change), $"acknowledgement {acknowledged} left, and the disk has nothing of the change");
            Assert.True(at.Writes > writes, $"acknowledgement {acknowledged} left without a write: is the journal written by another call?");
            Assert.True(at.Syncs > syncs, $"acknowledgement {acknowledged} left without a sync");
            (writes, syncs) = (at.Writes, at.Syncs);
            acknowledged++;
            if (acknowledged % (Updates / ImagesChecked) == 0)
                at.WriteImage(Path.GetDirectoryName(folder[$"image{acknowledged}/actordns.db"])!);
        });
        Assert.Equal(Updates, acknowledged);
        for (int image = Updates / ImagesChecked; image <= Updates; image += Updates / ImagesChecked)
            await AssertRecoversAsync(folder, conf, image);
        Evidence.Add(
            $"system-call trace over {(overTcp ? "TCP" : "UDP")}",
            $"{acknowledged} acknowledgements, each after the sync of its write; {ImagesChecked} images of the disk recover every update acknowledged until then");
    }

    private static async Task AssertRecoversAsync(TempFolder folder, NamedConf conf, int updates)
    {
        string image = folder[$"image{updates}/actordns.db"];
        StoreFile.WriteSqlite(folder, image);
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns);
        string[] records = await ZoneReader.ReadAsync(server.EndPoint, DynamicZone.Zone);
        for (int i = 0; i < updates; i++)
            Assert.Equal(AcknowledgedUpdates.RecordsPerUpdate, records.Count(record => record.StartsWith($"u{i}.", StringComparison.Ordinal)));
    }
}
