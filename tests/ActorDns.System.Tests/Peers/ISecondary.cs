using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>Another vendor's server that keeps copies of the zones of a primary.</summary>
public interface ISecondary : IAsyncDisposable
{
    int Port { get; }

    ChildProcess Process { get; }

    /// <summary>Waits until the server's own log says that the zone has come, in a line after the first <paramref name="seen"/>.</summary>
    Task WaitForZoneAsync(string zone, int seen = 0);

    /// <summary>Waits until the server's own log says that the version with this serial has come.</summary>
    Task WaitForSerialAsync(string zone, uint serial);

    /// <summary>The zone as this server hands it out now.</summary>
    Task<string[]> HoldsAsync(string zone);
}
