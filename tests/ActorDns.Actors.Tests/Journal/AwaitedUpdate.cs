using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>An update whose answer a test waits for.</summary>
internal sealed class AwaitedUpdate : CalledReply<Rcode>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly TaskCompletionSource<Rcode> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends an update as a client at the loopback address; SERVFAIL when there is no room for it.</summary>
    public static Task<Rcode> SendAsync(byte[] message, UpdateSignature? signature, UpdateInbox updates, ActorRef<ZoneCommand> zone)
    {
        AwaitedUpdate awaited = new();
        IncomingUpdate update = new(
            message,
            new UpdateRequester(NetAddress.FromIPv4(0x7F000001), AccessTransports.Tcp),
            new NetEndpoint(NetAddress.FromIPv4(0x7F000001), 4711),
            signature,
            "client",
            awaited);
        return updates.TryAdd(update, zone)
            ? awaited._answer.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken)
            : Task.FromResult(Rcode.ServFail);
    }

    /// <inheritdoc/>
    protected override bool TryTake(Rcode value) => _answer.TrySetResult(value);
}
