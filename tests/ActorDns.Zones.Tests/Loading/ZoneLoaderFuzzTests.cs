using System.Text;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Damaged files of the corpus: the loader refuses or loads them, and what it loads can be written and loaded again.</summary>
public sealed class ZoneLoaderFuzzTests
{
    private const int Files = 5_000;

    [Fact]
    public void Damaged_zones_are_loaded_or_refused_without_exception()
    {
        CorpusFile[] corpus = [.. CorpusFile.All("good").Select(CorpusFile.Open)];
        byte[][] texts = [.. corpus.Select(file => File.ReadAllBytes(Path.Combine(CorpusFile.Folder, file.Path)))];
        ZoneCheckOptions options = new() { Names = CheckLevel.Warn, MaxRecords = 5_000 };
        int loaded = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            Random random = new(seed);
            int chosen = random.Next(corpus.Length);
            byte[] text = [.. texts[chosen]];
            for (int wounds = random.Next(1, 4); wounds > 0; wounds--)
                text[random.Next(text.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(0x20, 0x7F));
            MemorySource source = new() { { corpus[chosen].Path, text } };

            Exception? thrown = Record.Exception(() =>
            {
                ZoneLoadResult result = ZoneLoader.Load(corpus[chosen].Origin, corpus[chosen].Path, source, options);
                if (result.Snapshot is not { } zone)
                    return;
                loaded++;
                StringWriter written = new();
                ZoneFileWriter.Write(zone, written, ZoneFileStyle.Relative);
                ZoneLoadResult again = ZoneLoader.Load(
                    corpus[chosen].Origin, "again", new MemorySource { { "again", written.ToString() } }, options);
                Assert.True(again.IsLoaded, string.Join('\n', again.Problems));
                Assert.Equal(SnapshotContent.Of(zone), SnapshotContent.Of(again.Snapshot!));
                SnapshotReclaimer.Discard(zone);
                SnapshotReclaimer.Discard(again.Snapshot!);
            });

            Assert.True(thrown is null, $"seed {seed}, {corpus[chosen].Path}: {thrown}\n{Encoding.Latin1.GetString(text)}");
        }

        Assert.InRange(loaded, Files / 20, Files - 1);
    }
}
