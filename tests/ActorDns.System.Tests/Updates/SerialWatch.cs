using System.Globalization;
using System.Net.Sockets;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Updates;

/// <summary>Asks for the zone's serial over and over, until the server is gone: what was once visible must not be taken back.</summary>
internal sealed class SerialWatch
{
    private static readonly byte[] Question =
        new Query(DynamicZone.Zone + ".", RecordType.Soa, 0, WantsDnssec: false, WantsRecursion: false, OverTcp: false).Build(1);

    private readonly Task _watching;

    public SerialWatch(ServerUnderTest server) => _watching = Task.Factory.StartNew(() => Watch(server), TaskCreationOptions.LongRunning);

    /// <summary>The newest serial that was seen.</summary>
    public uint Newest { get; private set; }

    /// <summary>Versions that were seen.</summary>
    public int Versions { get; private set; }

    /// <summary>Ends when the server has.</summary>
    public Task WaitAsync() => _watching.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private void Watch(ServerUnderTest server)
    {
        using WireClient client = new(server.EndPoint);
        try
        {
            while (true)
            {
                uint serial = uint.Parse(Reply.Read(client.AskUdp(Question)).Answer.Single().Split(' ')[6], CultureInfo.InvariantCulture);
                Assert.True(serial >= Newest, $"serial {serial} after {Newest}");
                Versions += serial == Newest ? 0 : 1;
                Newest = serial;
            }
        }
        catch (Exception gone) when (gone is SocketException or TimeoutException)
        {
            // The server was killed.
        }
    }
}
