using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;

namespace ActorDns.Zones.Tests.Snapshots;

/// <summary>A zone written as chunks and read again.</summary>
public sealed class ZoneContentTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(4_096)]
    [InlineData(ZoneContent.DefaultChunkBytes)]
    public void Zone_read_again_is_the_same_in_every_octet(int chunkBytes)
    {
        ZoneSnapshot zone = Zone();
        ZoneSnapshot again = Read(ZoneContent.Write(zone, chunkBytes));
        Assert.Equal(ChangeSamples.Records(zone), ChangeSamples.Records(again));
        Assert.True(ZoneDiff.Between(zone, again).IsEmpty);
    }

    [Fact]
    public void Chunks_are_no_longer_than_asked_and_there_are_several()
    {
        List<ReadOnlyMemory<byte>> chunks = [.. ZoneContent.Write(Zone(), 256)];
        Assert.True(chunks.Count > 10);
        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, 256));
    }

    [Fact]
    public void Record_longer_than_a_chunk_gets_one_of_its_own()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        byte[] text = [.. Enumerable.Range(0, 10).SelectMany(_ => (byte[])[255, .. new byte[255]])];
        builder.Add("long.example.", RecordType.Txt, text);
        ZoneSnapshot zone = builder.Build();
        List<ReadOnlyMemory<byte>> chunks = [.. ZoneContent.Write(zone, 256)];
        Assert.Contains(chunks, chunk => chunk.Length > text.Length);
        Assert.Equal(ChangeSamples.Records(zone), ChangeSamples.Records(Read(chunks)));
    }

    [Fact]
    public void Damaged_or_doubled_chunk_is_not_taken()
    {
        byte[] chunk = ZoneContent.Write(Zone()).First().ToArray();
        using ZoneContentReader cut = new(ZoneSamples.Origin);
        Assert.False(cut.TryAdd(chunk.AsSpan(0, chunk.Length - 1)));
        using ZoneContentReader doubled = new(ZoneSamples.Origin);
        Assert.True(doubled.TryAdd(chunk));
        Assert.False(doubled.TryAdd(chunk));
    }

    private static ZoneSnapshot Read(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        using ZoneContentReader reader = new(ZoneSamples.Origin);
        foreach (ReadOnlyMemory<byte> chunk in chunks)
            Assert.True(reader.TryAdd(chunk.Span));
        Assert.True(reader.TryBuild(out ZoneSnapshot? zone));
        return zone;
    }

    private static ZoneSnapshot Zone()
    {
        ZoneBuilder builder = ZoneSamples.Builder();
        for (uint i = 0; i < 200; i++)
        {
            builder.Add($"H{i}.a.example.", RecordType.A, ZoneSamples.Address(i), ttl: i + 1);
            builder.Add($"H{i}.a.example.", RecordType.A, ZoneSamples.Address(i + 1_000), ttl: i + 1);
            builder.Add($"H{i}.a.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.A), ttl: i + 1);
        }

        builder.Add("example.", RecordType.Nsec3Param, ZoneSamples.Nsec3Param());
        builder.Add("q0.example.", RecordType.Nsec3, [1, 0, 0, 5, 2, 0xAA, 0xBB, 20, .. new byte[20], 0, 1, 0x40]);
        builder.Add("q0.example.", RecordType.Rrsig, ZoneSamples.Rrsig(RecordType.Nsec3));
        return builder.Build();
    }
}
