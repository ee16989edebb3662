using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Benchmarks;

/// <summary>A zone of mixed records made from nothing but a number: six in ten A, two AAAA, one TXT, one MX.</summary>
public sealed class BenchmarkZone(int records) : IMasterFileSource
{
    private readonly byte[] _text = Encoding.ASCII.GetBytes(MakeText(records));

    public static DomainName Origin { get; } = DomainName.Parse("bench.test.");

    public ZoneSnapshot Load() => ZoneLoader.Load(Origin, "bench.zone", this, new ZoneCheckOptions()).Snapshot
        ?? throw new InvalidOperationException("the benchmark's own zone does not load");

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        content = new MemoryStream(_text);
        reason = "";
        return true;
    }

    private static string MakeText(int records)
    {
        StringBuilder text = new("$TTL 1h\n@ SOA ns1 hostmaster 1 1h 15m 1w 5m\n@ NS ns1\nns1 A 192.0.2.1\nsub NS ns.sub\nns.sub A 192.0.2.2\n");
        for (int i = 0; i < records; i++)
        {
            string line = (i % 10) switch
            {
                < 6 => $"h{i} A 10.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}\n",
                < 8 => string.Create(CultureInfo.InvariantCulture, $"h{i} AAAA 2001:db8::{i >> 16:x}:{i & 0xFFFF:x}\n"),
                8 => $"h{i} TXT \"text {i}\"\n",
                _ => $"h{i} MX 10 h{i - 9}\n",
            };
            text.Append(line);
        }

        return text.ToString();
    }
}
