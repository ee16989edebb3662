using ActorDns.Server.Sockets;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Sockets;

/// <summary>
/// Sends every datagram back, with orders that the first octet gives: 'x' throws, 's' stays silent, 'L' claims too
/// much.
/// </summary>
internal sealed class EchoDatagramHandler : IDatagramHandler
{
    internal int Batches { get; private set; }

    internal int Ended { get; private set; }

    internal int Prepared { get; private set; }

    internal int LargestBatch { get; private set; }

    internal bool KeepsEndpoints { get; init; }

    internal List<(NetEndpoint Source, NetEndpoint Local)> Endpoints { get; } = [];

    public void BeginBatch(int count)
    {
        Batches++;
        LargestBatch = Math.Max(LargestBatch, count);
    }

    public void Prepare(int index, in Datagram request)
    {
        Prepared++;
        if (request.Payload[0] == 'p')
            throw new InvalidOperationException("asked to fail while preparing");
    }

    public int Answer(int index, in Datagram request, Span<byte> response)
    {
        if (KeepsEndpoints)
            Endpoints.Add((request.Source, request.Local));
        switch (request.Payload[0])
        {
            case (byte)'x':
                throw new InvalidOperationException("asked to fail");
            case (byte)'s':
                return 0;
            case (byte)'L':
                return response.Length + 1;
            default:
                request.Payload.CopyTo(response);
                return request.Payload.Length;
        }
    }

    public void EndBatch() => Ended++;
}
