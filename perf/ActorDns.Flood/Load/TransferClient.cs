using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorDns.Flood.Servers;
using ActorDns.Protocol.Security;

namespace ActorDns.Flood.Load;

/// <summary>What one transfer brought.</summary>
/// <param name="Seconds">From the query to the last octet.</param>
/// <param name="Octets">Of all messages, with their lengths.</param>
/// <param name="Records">Records in their answer sections.</param>
internal sealed record TransferResult(double Seconds, long Octets, long Records);

/// <summary>Asks for zone transfers and drains them as fast as they come; counts, and looks into nothing but the headers.</summary>
internal static class TransferClient
{
    private const int LengthBytes = 2;
    private const int HeaderBytes = 12;
    private const int QueryBytes = 512;
    private const int BufferBytes = 1 << 20;
    private const ushort Axfr = 252;
    private const ushort Ixfr = 251;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Asks for the whole zone; it has come when <paramref name="records"/> records have, the second SOA with them.</summary>
    public static TransferResult Full(IPEndPoint server, string origin, bool isSigned, long records) =>
        Run(server, Query(origin, Axfr, null, isSigned), (came, _) => came >= records);

    /// <summary>Asks for what has changed since a serial; it has come when nothing follows for a while, which is not counted.</summary>
    public static TransferResult Differences(IPEndPoint server, string origin, uint serial) =>
        Run(server, Query(origin, Ixfr, serial, isSigned: true), static (came, isQuiet) => came > 0 && isQuiet);

    private static TransferResult Run(IPEndPoint server, byte[] query, Func<long, bool, bool> isWhole)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = BufferBytes };
        socket.Connect(server);
        byte[] buffer = new byte[BufferBytes];
        int filled = 0;
        long octets = 0;
        long records = 0;
        long start = Stopwatch.GetTimestamp();
        long last = start;
        socket.Send(query);
        while (!isWhole(records, false))
        {
            bool isReady = socket.Poll(records > 0 ? Quiet : Patience, SelectMode.SelectRead);
            if (!isReady && isWhole(records, true))
                break;
            int count = isReady ? socket.Receive(buffer.AsSpan(filled)) : 0;
            if (count == 0 && isWhole(records, true))
                break; // It closes when it has said all.
            if (count == 0)
                throw new InvalidOperationException($"the transfer ended after {records} records");
            last = Stopwatch.GetTimestamp();
            octets += count;
            filled += count;
            records += TakeMessages(buffer, ref filled);
        }

        return new TransferResult(Stopwatch.GetElapsedTime(start, last).TotalSeconds, octets, records);
    }

    private static long TakeMessages(byte[] buffer, ref int filled)
    {
        Span<byte> rest = buffer.AsSpan(0, filled);
        long records = 0;
        while (rest.Length >= LengthBytes + HeaderBytes
            && BinaryPrimitives.ReadUInt16BigEndian(rest) is ushort length && rest.Length >= LengthBytes + length)
        {
            int rcode = rest[LengthBytes + 3] & 0x0F;
            if (rcode != 0)
                throw new InvalidOperationException($"the transfer was answered with rcode {rcode}");
            records += BinaryPrimitives.ReadUInt16BigEndian(rest[(LengthBytes + 6)..]);
            rest = rest[(LengthBytes + length)..];
        }

        rest.CopyTo(buffer);
        filled = rest.Length;
        return records;
    }

    private static byte[] Query(string origin, ushort type, uint? serial, bool isSigned)
    {
        byte[] framed = new byte[QueryBytes];
        Span<byte> message = framed.AsSpan(LengthBytes);
        BinaryPrimitives.WriteUInt16BigEndian(message, 1);
        message[5] = 1; // QDCOUNT
        int at = HeaderBytes + WriteName(message[HeaderBytes..], origin);
        BinaryPrimitives.WriteUInt16BigEndian(message[at..], type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 2)..], 1);
        at += 4;
        if (serial is { } known)
        {
            message[9] = 1; // NSCOUNT
            BinaryPrimitives.WriteUInt16BigEndian(message[at..], 0xC000 | HeaderBytes);
            BinaryPrimitives.WriteUInt32BigEndian(message[(at + 2)..], (6 << 16) | 1); // SOA IN
            BinaryPrimitives.WriteUInt16BigEndian(message[(at + 10)..], 2 + (5 * sizeof(uint))); // Two root names and five numbers.
            BinaryPrimitives.WriteUInt32BigEndian(message[(at + 14)..], known);
            at += 14 + (5 * sizeof(uint));
        }

        if (isSigned
            && !TsigSigner.SignRequest(message, at, BenchmarkKey.Key, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), out at, out _))
        {
            throw new InvalidOperationException("the query has no room for its signature");
        }

        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)at);
        return framed[..(LengthBytes + at)];
    }

    private static int WriteName(Span<byte> to, string name)
    {
        int at = 0;
        foreach (string label in name.TrimEnd('.').Split('.'))
        {
            to[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, to[(at + 1)..]);
        }

        return at + 1;
    }
}
