using System.Globalization;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Messages;

public sealed class MessageWriterTests
{
    private static readonly byte[] Rdata = [192, 0, 2, 1];

    [Fact, Rfc(1035, "4.1.4")]
    public void Name_that_ends_as_an_earlier_one_points_to_it()
    {
        MessageWriter writer = new(new byte[512], new CompressionTable(8, false));
        writer.SetHeader(1, 0);
        Assert.True(writer.TryWriteQuestion(DomainName.Parse("www.example.com.").Wire, RecordType.Ns, RecordClass.In));
        int before = writer.Position;
        Assert.True(writer.TryWriteName(DomainName.Parse("ns1.EXAMPLE.com.").Wire));
        Assert.Equal([3, .. "ns1"u8, 0xC0, 16], writer.Written[before..].ToArray());
    }

    [Fact, Rfc(4343, "4.1"), Rfc(5936, "3.4")]
    public void Case_sensitive_table_does_not_point_to_another_case()
    {
        MessageWriter writer = new(new byte[512], new CompressionTable(8, true));
        Assert.True(writer.TryWriteName(DomainName.Parse("Example.com.").Wire));
        int before = writer.Position;
        Assert.True(writer.TryWriteName(DomainName.Parse("example.com.").Wire));
        Assert.Equal([7, .. "example"u8, 0xC0, 20], writer.Written[before..].ToArray());
    }

    [Fact, Rfc(3597, "4")]
    public void Names_in_data_of_types_after_rfc_1035_are_not_compressed()
    {
        MessageWriter writer = new(new byte[512], new CompressionTable(8, false));
        byte[] target = DomainName.Parse("host.example.com.").Wire.ToArray();
        byte[] rdata = [0, 1, 0, 2, 0, 53, .. target];
        Assert.True(writer.TryWriteQuestion(DomainName.Parse("example.com.").Wire, RecordType.Srv, RecordClass.In));
        Assert.True(writer.TryWriteRecordAt(12, RecordType.Srv, RecordClass.In, 60, rdata));
        Assert.Equal(rdata, writer.Written[^rdata.Length..].ToArray());
    }

    [Fact, Rfc(6672, "2.5")]
    public void Target_of_a_dname_is_written_in_full_and_pointed_to()
    {
        MessageWriter writer = new(new byte[512], new CompressionTable(8, false));
        byte[] target = DomainName.Parse("new.example.com.").Wire.ToArray();
        Assert.True(writer.TryWriteQuestion(DomainName.Parse("example.com.").Wire, RecordType.Dname, RecordClass.In));
        Assert.True(writer.TryWriteRecordAt(12, RecordType.Dname, RecordClass.In, 60, target));
        Assert.Equal(target, writer.Written[^target.Length..].ToArray());
        int start = writer.Position - target.Length;
        Assert.True(writer.TryWriteName(DomainName.Parse("www.new.example.com.").Wire));
        Assert.Equal([3, .. "www"u8, 0xC0, (byte)start], writer.Written[^6..].ToArray());
    }

    [Fact]
    public void Record_that_does_not_fit_leaves_position_and_names_as_they_were()
    {
        CompressionTable names = new(8, false);
        byte[] buffer = new byte[60];
        MessageWriter writer = new(buffer, names);
        Assert.True(writer.TryWriteQuestion(DomainName.Parse("a.example.").Wire, RecordType.A, RecordClass.In));
        (int Position, int Names) mark = writer.Mark;
        Assert.False(writer.TryWriteRecord(
            DomainName.Parse("a-rather-long-name.with.labels.test.").Wire, RecordType.A, RecordClass.In, 60, Rdata));
        Assert.Equal(mark, writer.Mark);
        Assert.True(writer.TryWriteName(DomainName.Parse("b.test.").Wire));
        Assert.Equal([1, (byte)'b', 4, .. "test"u8, 0], writer.Written[mark.Position..].ToArray());
    }

    [Fact]
    public void Random_names_written_with_compression_are_read_back_as_they_were()
    {
        const int seed = 20261123;
        Random random = new(seed);
        CompressionTable names = new(10, true);
        byte[] buffer = new byte[65535];
        for (int round = 0; round < 200; round++)
        {
            MessageWriter writer = new(buffer, names);
            List<(int At, byte[] Name)> written = [];
            for (int i = 0; i < 300; i++)
            {
                byte[] name = RandomName(random);
                int at = writer.Position;
                if (writer.TryWriteName(name))
                    written.Add((at, name));
            }

            foreach ((int at, byte[] name) in written)
            {
                MessageReader reader = new(writer.Written);
                reader.Seek(at);
                byte[] read = new byte[WireName.MaxBytes];
                Assert.Equal(ParseError.None, reader.TryReadName(read, out int length));
                Assert.True(
                    name.AsSpan().SequenceEqual(read.AsSpan(0, length)),
                    string.Create(CultureInfo.InvariantCulture, $"seed {seed}, round {round}"));
            }
        }
    }

    [Fact]
    public void Names_are_remembered_within_a_pointers_reach_only()
    {
        MessageWriter writer = new(new byte[65535], new CompressionTable(13, true));
        Assert.True(writer.TryWriteBytes(new byte[0x4000 - MessageHeader.Bytes]));
        byte[] name = DomainName.Parse("far.example.").Wire.ToArray();
        Assert.True(writer.TryWriteName(name));
        int before = writer.Position;
        Assert.True(writer.TryWriteName(name));
        Assert.Equal(name, writer.Written[before..].ToArray());
    }

    private static byte[] RandomName(Random random)
    {
        string[] labels = ["a", "B", "b", "example", "Example", "com", "net", "x-1", "longer-label", "\\000", "\\255"];
        string text = string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => labels[random.Next(labels.Length)] + "."));
        return DomainName.Parse(text.Length == 0 ? "." : text).Wire.ToArray();
    }
}
