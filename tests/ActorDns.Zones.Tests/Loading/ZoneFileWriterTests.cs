using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Loading;

public sealed class ZoneFileWriterTests
{
    private const int RandomZones = 300;
    private static readonly DomainName Origin = DomainName.Parse("example.com.");

    private static readonly ZoneCheckOptions NoChecks = new() { Names = CheckLevel.Ignore, Integrity = false, Wildcard = false };

    public static TheoryData<string> Good => [.. CorpusFile.All("good")];

    [Fact]
    public void Relative_style_leaves_out_what_a_reader_can_tell()
    {
        ZoneLoadResult result = Load("$TTL 300\n@ SOA ns hm 1 2 3 4 5\n NS ns\nns 60 A 192.0.2.1\n TXT x\n");

        Assert.Equal(
            "$ORIGIN example.com.\n$TTL 300\n"
            + "@\t\t\tIN SOA\tns.example.com. hm.example.com. 1 2 3 4 5\n"
            + "\t\t\tIN NS\tns.example.com.\n"
            + "ns\t\t\t60\tIN A\t192.0.2.1\n"
            + "\t\t\tIN TXT\t\"x\"\n",
            Dump(result.Snapshot!, ZoneFileStyle.Relative));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Relative_style_is_read_by_named_compilezone_as_the_same_zone(string path)
    {
        CorpusFile file = CorpusFile.Open(path);
        ZoneLoadResult result = file.Load();
        string full = Dump(result.Snapshot!, ZoneFileStyle.Full);
        string folder = Directory.CreateTempSubdirectory("zone").FullName;
        File.WriteAllText(Path.Combine(folder, "db"), Dump(result.Snapshot!, ZoneFileStyle.Relative), Encoding.Latin1);

        (int exitCode, string dumped, string messages) = NamedZoneTool.Compile(
            folder, "-i", "none", "-k", "ignore", "-n", "ignore", "-f", "text", "-F", "text", "-s", "full", "-o", "-", file.Zone, "db");
        Directory.Delete(folder, recursive: true);

        Assert.True(exitCode == 0, messages);
        Assert.Equal(full, string.Join('\n', dumped.Split('\n').Where(line => !line.StartsWith("; resign=", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(ZoneFileStyle.Full)]
    [InlineData(ZoneFileStyle.Relative)]
    public void Random_zone_is_read_back_as_it_was(ZoneFileStyle style)
    {
        for (int seed = 0; seed < RandomZones; seed++)
        {
            using ZoneBuilder builder = new(Origin);
            Fill(builder, new Random(seed));
            Assert.True(builder.TryBuild(out ZoneSnapshot? zone, out _));
            string text = Dump(zone, style);

            ZoneLoadResult result = Load(text);

            Assert.True(result.IsLoaded, $"seed {seed}: {string.Join('\n', result.Problems)}\n{text}");
            Assert.True(SnapshotContent.Of(zone).SequenceEqual(SnapshotContent.Of(result.Snapshot!)), $"seed {seed}:\n{text}");
            SnapshotReclaimer.Discard(zone);
            SnapshotReclaimer.Discard(result.Snapshot!);
        }
    }

    private static void Fill(ZoneBuilder builder, Random random)
    {
        byte[] numbers = new byte[20];
        random.NextBytes(numbers);
        builder.Add(Origin.Wire, RecordType.Soa, Ttl(random), [.. Name(random), .. Name(random), .. numbers]);
        builder.Add(Origin.Wire, RecordType.Ns, Ttl(random), [.. "\u0001x\0"u8]);
        for (int count = random.Next(1, 60); count > 0; count--)
        {
            byte[] owner = Name(random);
            for (int records = random.Next(1, 4); records > 0; records--)
                AddRecord(builder, owner, random);
        }
    }

    private static void AddRecord(ZoneBuilder builder, byte[] owner, Random random)
    {
        (RecordType type, byte[] rdata) = random.Next(8) switch
        {
            0 => (RecordType.A, Octets(random, 4)),
            1 => (RecordType.Aaaa, Octets(random, 16)),
            2 => (RecordType.Mx, [.. Octets(random, 2), .. Name(random)]),
            3 => (RecordType.Txt, [.. Text(random), .. Text(random)]),
            4 => (RecordType.Cname, Name(random)),
            5 => (new RecordType(65_280), Octets(random, random.Next(40))),
            6 => (RecordType.Srv, [.. Octets(random, 6), .. Name(random)]),
            _ => (RecordType.Hinfo, [.. Text(random), .. Text(random)]),
        };
        builder.Add(owner, type, Ttl(random), rdata);
    }

    private static uint Ttl(Random random) => (uint)(random.Next(4) == 0 ? random.Next() : 300);

    private static byte[] Name(Random random)
    {
        List<byte> name = [];
        for (int labels = random.Next(4); labels > 0; labels--)
        {
            int length = random.Next(1, 6);
            name.Add((byte)length);
            for (int i = 0; i < length; i++)
                name.Add(random.Next(3) == 0 ? (byte)random.Next(256) : (byte)random.Next('a', 'e'));
        }

        return [.. name, .. Origin.Wire];
    }

    private static byte[] Text(Random random)
    {
        int length = random.Next(4) == 0 ? 255 : random.Next(8);
        return [(byte)length, .. Octets(random, length)];
    }

    private static byte[] Octets(Random random, int count)
    {
        byte[] octets = new byte[count];
        random.NextBytes(octets);
        return octets;
    }

    private static ZoneLoadResult Load(string text) =>
        ZoneLoader.Load(Origin, "db", new MemorySource { { "db", text } }, NoChecks);

    private static string Dump(ZoneSnapshot zone, ZoneFileStyle style)
    {
        StringWriter text = new();
        ZoneFileWriter.Write(zone, text, style);
        return text.ToString();
    }
}
