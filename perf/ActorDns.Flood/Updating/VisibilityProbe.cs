using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorDns.Flood.Servers;
using ActorDns.Protocol.Names;

namespace ActorDns.Flood.Updating;

/// <summary>
/// How long it takes until other servers answer with what one has acknowledged. One signed update at a time; from its answer on, the others
/// are asked for the record without a pause. Each second update takes the record away again.
/// </summary>
internal sealed class VisibilityProbe : IDisposable
{
    private const int WriterNumber = 0xFFFF;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly UpdateClient _writer;
    private readonly Socket[] _readers;
    private readonly byte[] _question;
    private readonly byte[] _reply = new byte[512];
    private bool _isThere;

    /// <summary>Of a zone that is updated at one server and read at others.</summary>
    public VisibilityProbe(IPEndPoint updated, IEnumerable<IPEndPoint> others, string zoneName)
    {
        DomainName zone = DomainName.Parse(zoneName + ".");
        _writer = new UpdateClient(updated, BenchmarkKey.Key, zone, WriterNumber, new UpdateWorkload(1, 1, IsStream: false));
        _writer.Socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _readers = [.. others.Select(Connect)];

        // The address that UpdateComposer adds under the writer's name.
        _question = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, .. "cffff-0000"u8, .. zone.Wire, 0, 1, 0, 1];
    }

    /// <summary>Adds the record and takes it away: milliseconds from each acknowledgement until all of the others have followed.</summary>
    /// <exception cref="InvalidOperationException">An update was refused, or is not visible in time.</exception>
    public (double Added, double Removed) Exchange(TimeSpan pause) => (Next(pause), Next(pause));

    public void Dispose()
    {
        _writer.Dispose();
        foreach (Socket reader in _readers)
            reader.Dispose();
    }

    private double Next(TimeSpan pause)
    {
        _isThere = !_isThere;
        _writer.Send(Stopwatch.GetTimestamp());
        while (!_writer.Receive())
        {
        }

        long acknowledged = Stopwatch.GetTimestamp();
        if (_writer.Refused > 0)
            throw new InvalidOperationException("an update was refused");
        foreach (Socket reader in _readers)
        {
            while (Sees(reader) != _isThere)
            {
                if (Stopwatch.GetElapsedTime(acknowledged) > Patience)
                    throw new InvalidOperationException($"an update is not visible after {Patience.TotalSeconds} s");
            }
        }

        double milliseconds = Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds;
        if (pause > TimeSpan.Zero)
            Thread.Sleep(pause);
        return milliseconds;
    }

    private bool Sees(Socket reader)
    {
        reader.Send(_question);
        reader.Receive(_reply);
        return BinaryPrimitives.ReadUInt16BigEndian(_reply.AsSpan(6)) > 0; // Answers.
    }

    private static Socket Connect(IPEndPoint server)
    {
        Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        socket.Connect(server);
        return socket;
    }
}
