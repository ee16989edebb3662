using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Cluster;

/// <summary>
/// Signed updates at a steady rate to all nodes, for the same zones. Each adds a name of its own and one below it. One that is not answered goes
/// out again with the same octets, to another node: it may be applied once.
/// </summary>
internal sealed class UpdateFlood : IAsyncDisposable
{
    /// <summary>Begins the name that comes with each name, in the same update.</summary>
    public const string Twin = "with.";

    private const int Workers = 40;
    private const int Attempts = 6;
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(1.5);
    private readonly ClusterUnderTest _cluster;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly List<Task> _workers = [];
    private readonly int _perSecond;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TsigKey _key;
    private int _sent;
    private int _repeated;
    private int _unanswered;
    private int _refused;

    public UpdateFlood(ClusterUnderTest cluster, int perSecond)
    {
        _cluster = cluster;
        _perSecond = perSecond;
        TsigAlgorithm algorithm = TsigAlgorithm.All.First(known => known.Name == ClusterUnderTest.Key.Algorithm);
        _key = new TsigKey(
            DomainName.Parse(ClusterUnderTest.Key.Name + "."), algorithm, new TsigSecret(Convert.FromBase64String(ClusterUnderTest.Key.Secret)));
        for (int i = 0; i < Workers; i++)
        {
            Socket socket = cluster.Site.NewDatagramSocket();
            int seed = i;
            _workers.Add(Task.Run(() => RunAsync(socket, new Random(seed))));
        }
    }

    /// <summary>Owners whose updates were answered with NOERROR.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    /// <summary>Messages that went out again.</summary>
    public int Repeated => _repeated;

    /// <summary>Updates that no node has answered, or none with NOERROR.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Answers other than NOERROR.</summary>
    public int Refused => _refused;

    /// <summary>Ends the flood; what is under way is finished first.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Task.WhenAll(_workers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(Socket socket, Random random)
    {
        using Socket own = socket;
        own.Bind(new IPEndPoint(IPAddress.Any, 0));
        while (!_stop.IsCancellationRequested)
        {
            int number = Interlocked.Increment(ref _sent);
            TimeSpan due = TimeSpan.FromSeconds((double)number / _perSecond) - Stopwatch.GetElapsedTime(_start);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            string zone = _cluster.Zones[random.Next(_cluster.Zones.Length)];
            string owner = string.Create(CultureInfo.InvariantCulture, $"u{number}.{zone}.");
            if (await SendAsync(own, random, zone, owner, (ushort)number))
                _acknowledged.Add(owner);
            else
                Interlocked.Increment(ref _unanswered);
        }
    }

    private async Task<bool> SendAsync(Socket socket, Random random, string zone, string owner, ushort id)
    {
        byte[] buffer = new byte[1_000];
        byte[] unsigned = UpdateText.Build(id, zone, [$"add {owner} 60 TXT \"{owner}\"", $"add {Twin}{owner} 60 A 192.0.2.1"]);
        unsigned.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignRequest(buffer, unsigned.Length, _key, Now, out int length, out TsigContext context));
        byte[] request = buffer[..length];
        byte[] reply = new byte[ushort.MaxValue];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
                Interlocked.Increment(ref _repeated);
            await socket.SendToAsync(request, _cluster.Site.EndPoint(random.Next(_cluster.Nodes) + 1));
            using CancellationTokenSource late = new(AnswerDeadline);
            try
            {
                while (true)
                {
                    SocketReceiveFromResult got = await socket.ReceiveFromAsync(reply, new IPEndPoint(IPAddress.Any, 0), late.Token);
                    if (got.ReceivedBytes < MessageHeader.Bytes || BinaryPrimitives.ReadUInt16BigEndian(reply) != id)
                        continue; // An answer to an earlier one.
                    Assert.True(TsigVerifier.VerifyResponse(reply.AsSpan(0, got.ReceivedBytes), in context, Now).IsVerified);
                    if ((MessageHeader.Flags(reply) & 15) == 0)
                        return true;
                    Interlocked.Increment(ref _refused);
                    await Task.Delay(AnswerDeadline / 5, CancellationToken.None); // Tried again elsewhere, as a client would.
                    break;
                }
            }
            catch (Exception silent) when (silent is OperationCanceledException or SocketException)
            {
                // The next attempt goes to whichever node comes.
            }
        }

        return false;
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}
