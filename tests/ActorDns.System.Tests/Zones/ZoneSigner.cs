using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Zones;

/// <summary>Signs zones with BIND's tools, so that no line of ours has part in the signatures.</summary>
public static class ZoneSigner
{
    /// <summary>Signs the zone in the file of its name; the result has <c>.signed</c> behind it, and <c>dsset-ZONE.</c> beside it.</summary>
    /// <param name="folder">Where zone, keys and DS sets are; DS sets of children are taken from there.</param>
    /// <param name="zone">The zone, without final dot.</param>
    /// <param name="denial">What <c>dnssec-signzone</c> is told about NSEC3; nothing for NSEC.</param>
    public static async Task SignAsync(TempFolder folder, string zone, params string[] denial)
    {
        string keys = folder.FullPath;
        (await Tool.RunAsync("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-K", keys, "-f", "KSK", zone)).OrThrow();
        (await Tool.RunAsync("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-K", keys, zone)).OrThrow();
        (await Tool.RunAsync(
            "dnssec-signzone",
            ["-q", "-S", "-P", "-g", "-K", keys, "-d", keys, "-o", zone, .. denial, "-f", folder[zone + ".signed"], folder[zone]],
            null)).OrThrow();
    }
}
