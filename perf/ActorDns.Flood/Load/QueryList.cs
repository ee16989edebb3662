using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ActorDns.Flood.Servers;
using ActorDns.Protocol.Security;

namespace ActorDns.Flood.Load;

/// <summary>Queries that were made beforehand, in random order with a fixed seed, in memory that does not move.</summary>
internal sealed unsafe class QueryList : IDisposable
{
    private const int StrideBytes = 192;
    private const int OptBytes = 11;
    private readonly byte* _octets;
    private readonly byte[] _lengths;
    private int _next;

    /// <summary>Makes <paramref name="count"/> queries against zones of <paramref name="names"/> names as <see cref="BenchmarkZone"/> makes them.</summary>
    public QueryList(QueryKind kind, int names, int count, int seed)
    {
        Count = count;
        _octets = (byte*)NativeMemory.AlignedAlloc((nuint)(count * StrideBytes), 64);
        _lengths = new byte[count];
        Random random = new(seed);
        double[]? popularity = kind == QueryKind.Zipf ? Popularity(names) : null;
        for (int i = 0; i < count; i++)
        {
            int number = popularity is null ? random.Next(names) : Scatter(Popular(popularity, random), names);
            (string name, ushort type) = Question(kind, number, random);
            bool isDnssecOk = kind is QueryKind.Signed or QueryKind.SignedAbsent;
            Span<byte> message = new(_octets + (i * StrideBytes), StrideBytes);
            int length = Write(message, name, type, isDnssecOk);
            _lengths[i] = (byte)(kind == QueryKind.Keyed ? Sign(message, length) : length);
        }
    }

    /// <summary>Number of queries.</summary>
    public int Count { get; }

    /// <summary>The next query in turn and its octets; the first two are the caller's to set.</summary>
    public byte* Next(out int length)
    {
        int at = _next;
        _next = at + 1 == Count ? 0 : at + 1;
        length = _lengths[at];
        return _octets + ((nint)at * StrideBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_octets);

    // The ID is the client's to set: the one that is signed stands in the record (RFC 8945 §4.2), and is 0.
    private static int Sign(Span<byte> message, int length)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return TsigSigner.SignRequest(message, length, BenchmarkKey.Key, now, out int signed, out _)
            ? signed
            : throw new InvalidOperationException("a query has no room for its signature");
    }

    // How often one of the most popular names is asked for, up to each of them.
    private static double[] Popularity(int names)
    {
        double[] sums = new double[names];
        double sum = 0;
        for (int i = 0; i < names; i++)
            sums[i] = sum += 1.0 / (i + 1);
        return sums;
    }

    private static int Popular(double[] sums, Random random)
    {
        int at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return at < 0 ? ~at : at;
    }

    // Popular names do not lie side by side in the zone.
    private static int Scatter(int rank, int names) => (int)(rank * 2_654_435_761L % names);

    private static (string Name, ushort Type) Question(QueryKind kind, int number, Random random)
    {
        string zone = kind is QueryKind.Signed or QueryKind.SignedAbsent ? BenchmarkZone.SignedOrigin : BenchmarkZone.MixedOrigin;
        string digits = number.ToString("D7", CultureInfo.InvariantCulture);
        return kind switch
        {
            QueryKind.Absent or QueryKind.SignedAbsent => ($"h{digits}x{random.Next(1000)}.{zone}", 1),
            QueryKind.Referral => ($"www.d{BenchmarkZone.DelegationOf(number).ToString("D7", CultureInfo.InvariantCulture)}.{zone}", 1),
            QueryKind.Positive or QueryKind.Zipf or QueryKind.Keyed => ($"h{digits}.{zone}", AnyOf(BenchmarkZone.TypesOf(number), random)),
            _ => ($"h{digits}.{zone}", 1),
        };
    }

    private static ushort AnyOf(ushort[] types, Random random) => types[random.Next(types.Length)];

    private static int Write(Span<byte> message, string name, ushort type, bool isDnssecOk)
    {
        message.Clear();
        message[5] = 1; // QDCOUNT
        int at = 12;
        foreach (string label in name.TrimEnd('.').Split('.'))
        {
            message[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, message[(at + 1)..]);
        }

        at++;
        BinaryPrimitives.WriteUInt16BigEndian(message[at..], type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 2)..], 1);
        at += 4;
        if (!isDnssecOk)
            return at;
        message[11] = 1; // ARCOUNT
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 1)..], 41);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 3)..], 1232);
        message[at + 7] = 0x80; // DO
        return at + OptBytes;
    }
}
