namespace ActorDns.Host.Wiring;

/// <summary>The time-outs of stream connections, in the order in which <c>rndc tcp-timeouts</c> has them.</summary>
internal sealed record StreamTimeouts(TimeSpan Initial, TimeSpan Idle, TimeSpan Keepalive, TimeSpan Advertised)
{
    /// <summary>What clients are told (RFC 7828 §3.1).</summary>
    public ushort AdvertisedHundredMilliseconds => (ushort)Math.Min(ushort.MaxValue, Advertised.TotalMilliseconds / 100);
}
