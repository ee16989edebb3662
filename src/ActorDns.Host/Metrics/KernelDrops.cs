using System.Globalization;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Metrics;

/// <summary>
/// Datagrams that Linux dropped before this server could read them, from the last column of <c>/proc/net/udp</c> and <c>udp6</c>.
/// </summary>
internal static class KernelDrops
{
    private const string IPv4File = "/proc/net/udp";
    private const string IPv6File = "/proc/net/udp6";

    /// <summary>True where the system tells.</summary>
    public static bool IsKnown => File.Exists(IPv4File);

    /// <summary>The drops of all sockets that are open on these addresses.</summary>
    public static long Of(IReadOnlyList<NetEndpoint> endpoints)
    {
        HashSet<NetEndpoint> wanted = [.. endpoints];
        return Lines(IPv4File).Concat(Lines(IPv6File)).Sum(line => DropsOf(line, wanted));
    }

    /// <summary>The drops of one line of the table; 0 when it is about a socket that is not ours.</summary>
    internal static long DropsOf(string line, HashSet<NetEndpoint> wanted)
    {
        string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 2
            && TryParse(columns[1], out NetEndpoint local)
            && wanted.Contains(local)
            && long.TryParse(columns[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long drops)
            ? drops
            : 0;
    }

    /// <summary>The address is in words of four octets, each in the order of the machine.</summary>
    private static bool TryParse(string column, out NetEndpoint endpoint)
    {
        endpoint = default;
        int colon = column.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32)
            || !ushort.TryParse(column.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        byte[] octets = new byte[colon / 2];
        for (int word = 0; word < octets.Length; word += sizeof(uint))
        {
            ReadOnlySpan<char> digits = column.AsSpan(word * 2, sizeof(uint) * 2);
            if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
                return false;
            BitConverter.TryWriteBytes(octets.AsSpan(word), value);
        }

        endpoint = new NetEndpoint(NetAddress.FromBytes(octets), port);
        return true;
    }

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
