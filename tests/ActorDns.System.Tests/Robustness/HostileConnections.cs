using System.Net;
using System.Net.Sockets;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Robustness;

/// <summary>A set of TCP connections that do what no client should, from several addresses, all at once.</summary>
internal sealed class HostileConnections : IDisposable
{
    /// <summary>Connections of one set; less than a server takes in total, so that a good one has a place.</summary>
    public const int Count = 120;

    private const int PerAddress = 40; // Below the limit for one client.
    private const int Kinds = 8;
    private readonly List<StreamClient> _connections = [];
    private readonly List<Task<byte[]?>> _awaited = [];

    public async Task OpenAsync(IPEndPoint server, Random random)
    {
        for (int i = 0; i < Count; i++)
        {
            IPAddress source = new([127, 0, 1, (byte)(1 + (i / PerAddress))]);
            StreamClient client = await StreamClient.ConnectAsync(server, source);
            _connections.Add(client);
            await MisbehaveAsync(client, i % Kinds, random);
        }
    }

    /// <summary>Waits for the end of the connections that the server has to end.</summary>
    public async Task EndAsync()
    {
        foreach (byte[]? message in await Task.WhenAll(_awaited))
            Assert.Null(message);
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private async Task MisbehaveAsync(StreamClient client, int kind, Random random)
    {
        byte[] noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        switch (kind)
        {
            case 0: // Says nothing.
                break;
            case 1: // Half of a length.
                await client.SendAsync([0]);
                break;
            case 2: // A length that no message has.
                await client.SendAsync([0, (byte)random.Next(12), 1]);
                _awaited.Add(client.ReceiveAsync());
                break;
            case 3: // The longest length and little behind it.
                await client.SendAsync([255, 255, .. noise]);
                break;
            case 4: // Closes its side at once.
                client.Socket.Shutdown(SocketShutdown.Send);
                _awaited.Add(client.ReceiveAsync());
                break;
            case 5: // Closes its side amid a message.
                await client.SendAsync([0, 200, .. noise.Take(100)]);
                client.Socket.Shutdown(SocketShutdown.Send);
                _awaited.Add(client.ReceiveAsync());
                break;
            case 6: // Noise, then a reset.
                await client.SendAsync(noise);
                client.Socket.LingerState = new LingerOption(true, 0);
                client.Dispose();
                break;
            default: // Asks without ever reading, and resets.
                await client.SendAsync(StreamClient.Frame([.. Enumerable.Repeat(Question, 40)]));
                client.Socket.LingerState = new LingerOption(true, 0);
                client.Dispose();
                break;
        }
    }

    private static byte[] Question { get; } =
        new Query($"big.{Validation.ValidatedZones.Nsec}.", Protocol.Registries.RecordType.Txt, 4_096, true, false, true).Build(9);
}
