using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;
using ActorDns.Protocol.Names;

namespace ActorDns.Flood.Clustering;

/// <summary>
/// How long it takes until other nodes answer with what one has acknowledged. One update at a time at the first node, which acknowledges
/// what is committed (<c>local</c>); from its answer on, the other nodes are asked for the record without a pause.
/// </summary>
internal static class VisibilityProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Milliseconds from the acknowledgement to the first answer of every other node that has the record, for each update.</summary>
    public static double[] Run(int updates)
    {
        DomainName zone = DomainName.Parse(NodeGroup.HotZone + ".");
        using UpdateClient writer = new(NodeGroup.EndPoint(0), BenchmarkKey.Key, zone, Writer, new UpdateWorkload(1, 1, IsStream: false));
        Socket[] readers = [.. Enumerable.Range(1, NodeGroup.Nodes - 1).Select(node => Connect(NodeGroup.EndPoint(node)))];
        byte[] question = Question(zone);
        byte[] reply = new byte[512];
        List<double> milliseconds = [];
        for (int i = 0; i < updates; i++)
        {
            bool isAddition = i % 2 == 0;
            writer.Send(Stopwatch.GetTimestamp());
            while (!writer.Receive())
            {
            }

            long acknowledged = Stopwatch.GetTimestamp();
            foreach (Socket reader in readers)
            {
                while (IsThere(reader, question, reply) != isAddition)
                {
                    if (Stopwatch.GetElapsedTime(acknowledged) > Patience)
                        throw new InvalidOperationException($"update {i} is not visible after {Patience.TotalSeconds} s");
                }
            }

            milliseconds.Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
        }

        foreach (Socket reader in readers)
            reader.Dispose();
        return [.. milliseconds];
    }

    private const int Writer = 0xFFFF;

    private static Socket Connect(IPEndPoint server)
    {
        Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        socket.Connect(server);
        return socket;
    }

    private static bool IsThere(Socket reader, byte[] question, byte[] reply)
    {
        reader.Send(question);
        reader.Receive(reply);
        return BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(6)) > 0; // Answers.
    }

    /// <summary>Asks for the address that <see cref="UpdateComposer"/> adds under the writer's name and takes away again.</summary>
    private static byte[] Question(DomainName zone) =>
        [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, .. "cffff-0000"u8, .. zone.Wire, 0, 1, 0, 1];
}
