using System.Globalization;
using ActorDns.Actors.Cluster;
using Microsoft.Extensions.Configuration;

namespace ActorDns.Host.Wiring;

/// <summary>Reads the section <c>Cluster</c> of a node's settings.</summary>
internal static class ClusterNodeSettings
{
    private const string Propagation = "Cluster:Propagation";
    private const string PropagationTimeout = "Cluster:PropagationTimeoutMs";

    /// <summary>Names of the settings.</summary>
    public static readonly string[] Known = ["Cluster", Propagation, PropagationTimeout];

    /// <summary>Reads them; what makes no sense is told in words and left at its default.</summary>
    public static ClusterSettings Read(IConfiguration read, List<string> wrong)
    {
        ClusterSettings settings = new();
        switch (read[Propagation]?.ToLowerInvariant())
        {
            case null or "all-live":
                break;
            case "quorum":
                settings = settings with { Propagation = PropagationMode.Quorum };
                break;
            case "local":
                settings = settings with { Propagation = PropagationMode.Local };
                break;
            default:
                wrong.Add($"{Propagation} '{read[Propagation]}' is none of local, quorum and all-live");
                break;
        }

        int longest = (int)ClusterSettings.LongestPropagationTimeout.TotalMilliseconds;
        if (read[PropagationTimeout] is not { } text)
            return settings;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds <= longest)
            return settings with { PropagationTimeout = TimeSpan.FromMilliseconds(milliseconds) };
        wrong.Add($"{PropagationTimeout} '{text}' is no number of milliseconds from 0 to {longest}");
        return settings;
    }
}
