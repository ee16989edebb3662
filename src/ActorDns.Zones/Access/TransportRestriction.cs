using System.Globalization;

namespace ActorDns.Zones.Access;

/// <summary>The <c>port</c> and <c>transport</c> that may stand before the list of <c>allow-transfer</c>; both must fit.</summary>
/// <param name="Port">The local port; null for every port.</param>
/// <param name="Transports">The transports the list is open to.</param>
/// <param name="Source">The place it was written at, <c>file:line</c>.</param>
public sealed record TransportRestriction(ushort? Port, AccessTransports Transports, string Source = "")
{
    /// <summary>True when a request that came to this port by this transport passes on to the list.</summary>
    public bool Admits(ushort localPort, AccessTransports transport) =>
        (Port is not { } port || port == localPort) && (Transports & transport) != 0;

    /// <summary>The restriction in the words of named.conf, and where it was written.</summary>
    public override string ToString()
    {
        List<string> words = [];
        if (Port is { } port)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"port {port}"));
        if (Transports != AccessTransports.All)
            words.Add($"transport {string.Join(", ", TransportWords())}");
        if (Source.Length > 0)
            words.Add($"({Source})");
        return string.Join(' ', words);
    }

    private IEnumerable<string> TransportWords()
    {
        if (Transports.HasFlag(AccessTransports.Udp))
            yield return "udp";
        if (Transports.HasFlag(AccessTransports.Tcp))
            yield return "tcp";
        if (Transports.HasFlag(AccessTransports.Tls))
            yield return "tls";
        if (Transports.HasFlag(AccessTransports.Http))
            yield return "http";
        if (Transports.HasFlag(AccessTransports.HttpPlain))
            yield return "http-plain";
    }
}
