namespace ActorDns.Host.Wiring;

/// <summary>Where zones live that were added at run time and that named.conf does not know.</summary>
public interface IAddedZones
{
    /// <summary>The zones of a view; empty when there are none.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    IReadOnlyList<AddedZone> Read(string view);

    /// <summary>Replaces the zones of a view, wholly or not at all.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    void Write(string view, IReadOnlyList<AddedZone> zones);
}
