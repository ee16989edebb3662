using ActorDns.Actors.Notify;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Names;

namespace ActorDns.Actors.Maintenance;

/// <summary>Asks a secondary which serial it serves, signed as it is told of changes.</summary>
/// <param name="origin">The zone.</param>
/// <param name="clock">Times the waits.</param>
public sealed class SerialProbe(DomainName origin, TimeProvider clock)
{
    /// <summary>The serial that it serves; without one, why not.</summary>
    public async Task<(Serial? Serial, string Reason)> AskAsync(NotifyTarget secondary, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(secondary);
        Primary asked = new(secondary.Endpoint)
        {
            Key = secondary.Key,
            Tls = secondary.Tls,
            Source = secondary.Source.Address is { High: 0, Low: 0 } ? null : secondary.Source.Address,
            TcpOnly = secondary.IsStreamOnly,
        };
        SoaAnswer answer = await new SoaQuery(origin, triesTcp: true, clock).AskAsync(asked, ct).ConfigureAwait(false);
        return (answer.Serial, answer.Reason);
    }
}
