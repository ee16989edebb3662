using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorDns.Flood.Load;

/// <summary>Asks one question again and again until a server that has just been started answers it.</summary>
internal static class FirstAnswer
{
    private const int RetryMicroseconds = 5_000;
    private const int HeaderBytes = 12;

    /// <summary>Waits until there is an answer with records; false when <paramref name="mayStop"/> says that there will be none.</summary>
    public static bool Await(IPEndPoint server, string name, ushort type, TimeSpan longest, Func<bool> mayStop)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        byte[] query = Query(name, type);
        Span<byte> answer = stackalloc byte[4_096];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < longest && !mayStop())
        {
            try
            {
                socket.Send(query);
                while (socket.Poll(RetryMicroseconds, SelectMode.SelectRead))
                {
                    int length = socket.Receive(answer);
                    if (length >= HeaderBytes && (answer[3] & 0x0F) == 0 && BinaryPrimitives.ReadUInt16BigEndian(answer[6..]) > 0)
                        return true;
                }
            }
            catch (SocketException)
            {
                Thread.Sleep(1); // Nobody listens yet.
            }
        }

        return false;
    }

    private static byte[] Query(string name, ushort type)
    {
        byte[] query = new byte[HeaderBytes + name.TrimEnd('.').Length + 2 + 4];
        query[5] = 1;
        int at = HeaderBytes;
        foreach (string label in name.TrimEnd('.').Split('.'))
        {
            query[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, query.AsSpan(at + 1));
        }

        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(at + 1), type);
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(at + 3), 1);
        return query;
    }
}
