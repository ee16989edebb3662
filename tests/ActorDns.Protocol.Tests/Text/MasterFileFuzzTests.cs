using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Text;

/// <summary>Master files with random damage: whatever stands in them, the reader reports and goes on, in bounded memory.</summary>
public sealed class MasterFileFuzzTests
{
    private const int Files = 50_000;
    private const long MaxBytesPerFile = 4_000_000;
    private const int MaxGenerated = 1_000;

    private static readonly string[] Originals =
    [
        "$TTL 1h\n@ IN SOA ns hostmaster ( 1 2h 15m ; retry\n\t2w 300 )\n  NS ns\nns 60 A 192.0.2.1\n AAAA 2001:db8::1\n",
        "$ORIGIN sub\na IN 5 MX 10 mail.example.net.\nb TXT \"one two\" three \\\"four\\032 ( \"five\"\n six )\n",
        "$TTL 5\n$GENERATE 1-20/3 h${1,4,x} IN 60 A 192.0.2.$\n$GENERATE 0-9 ${0,5,n} MX \"10 m$\"\n$INCLUDE inc sub\nz A 1.2.3.4\n",
        "$TTL 5\na TYPE65280 \\# 4 DEADBEEF\nb CAA 0 issue \"ca.example\"\nc SVCB 1 . alpn=h2 port=53\nd LOC 52 14 5 N 0 8 50 E 10m\n"
            + "e NAPTR 1 2 \"u\" \"E2U\" \"!^.*$!x!\" .\nf SRV 0 0 53 ns\ng RRSIG A 8 2 5 20300101000000 20200101000000 1 example. AQID\n",
        "$TTL 5\na NSEC b A MX TYPE1234\nc APL 1:192.0.2.0/24 !2:2001:db8::/32\nd HIP 2 20 AQID x.y\ne WKS 192.0.2.1 tcp smtp\n"
            + "f IPSECKEY 10 1 2 192.0.2.38 AQNR\ng CERT PKIX 1 8 AQID\nh URI 1 2 \"x\"\ni EUI48 00-00-5e-00-53-2a\n",
    ];

    private static readonly string[] Morsels =
    [
        "(", ")", "\"", "\\", ";", "\n", "\r", "\t", " ", "\0", "$", "${", "}", "@", ".", "..", "\\256", "\\[", "\\#", "$ORIGIN ", "$TTL ",
        "$INCLUDE inc\n", "$INCLUDE db\n", "$GENERATE 0-2147483647 a$ 1 A 1.2.3.4\n", "4294967296", "CLASS3", "TYPE0", "TYPE65535", "ANY", "ÿ",
    ];

    [Fact]
    public void Damaged_files_are_read_without_exception_in_bounded_memory()
    {
        for (int seed = 0; seed < Files; seed++)
        {
            byte[] text = Damage(new Random(seed));
            Counter counter = new();
            long before = GC.GetAllocatedBytesForCurrentThread();
            MasterFileReader<Sink> reader = new(new Source(text), DomainName.Parse("example."), new Sink(counter))
            {
                MaxGeneratedRecords = MaxGenerated,
            };
            Exception? thrown = Xunit.Record.Exception(() => reader.Read("db"));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(thrown is null, $"seed {seed}: {thrown}\n{Encoding.Latin1.GetString(text)}");
            Assert.True(allocated < MaxBytesPerFile, $"seed {seed}: {allocated} octets allocated\n{Encoding.Latin1.GetString(text)}");
            Assert.True(counter.Errors <= MasterFileReader<Sink>.MaxErrors, $"seed {seed}: {counter.Errors} errors");
            Assert.True(counter.BadRecords == 0, $"seed {seed}: a record is malformed or outside the zone");
        }
    }

    private static byte[] Damage(Random random)
    {
        List<byte> text = [.. Encoding.Latin1.GetBytes(Originals[random.Next(Originals.Length)])];
        for (int wounds = random.Next(1, 12); wounds > 0; wounds--)
        {
            int at = random.Next(text.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < text.Count:
                    text[at] = (byte)random.Next(256);
                    break;
                case 1:
                    text.RemoveRange(at, Math.Min(random.Next(20), text.Count - at));
                    break;
                case 2:
                    int from = random.Next(text.Count + 1);
                    text.InsertRange(at, text.GetRange(from, Math.Min(random.Next(60), text.Count - from)));
                    break;
                case 3:
                    text.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(300)));
                    break;
                default:
                    text.InsertRange(at, Encoding.Latin1.GetBytes(Morsels[random.Next(Morsels.Length)]));
                    break;
            }
        }

        return [.. text];
    }

    private sealed class Source(byte[] text) : IMasterFileSource
    {
        public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
        {
            content = path switch
            {
                "inc" => new MemoryStream([.. "i 1 A 192.0.2.77\n"u8]),
                "db" => new MemoryStream(text),
                _ => null,
            };
            reason = $"{path}: file not found";
            return content is not null;
        }
    }

    private sealed class Counter
    {
        public int Errors { get; set; }

        public int BadRecords { get; set; }
    }

    private readonly struct Sink(Counter counter) : IMasterFileSink
    {
        public void Record(in MasterFileRecord record)
        {
            if (!WireName.IsWellFormed(record.Owner)
                || !WireName.IsAtOrBelow(record.Owner, "\u0007example\0"u8)
                || record.Type.IsMeta
                || record.Ttl > int.MaxValue
                || RecordFormats.Of(record.Type).Validate(record.Rdata) != ParseError.None)
            {
                counter.BadRecords++;
            }
        }

        public void Problem(MasterFileProblem problem)
        {
            if (problem.IsError)
                counter.Errors++;
        }
    }
}
