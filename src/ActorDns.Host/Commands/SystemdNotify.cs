using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorDns.Host.Commands;

/// <summary>Word to systemd by its notification socket (sd_notify(3)); nothing without <c>$NOTIFY_SOCKET</c>.</summary>
internal static class SystemdNotify
{
    /// <summary>Sends assignments, one a line.</summary>
    public static void Send(string state)
    {
        string? path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(path))
            return;
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            string address = path[0] == '@' ? "\0" + path[1..] : path;
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address));
        }
        catch (SocketException failure)
        {
            // Nobody listens any more; the server goes on without.
            Console.Error.WriteLine($"cannot notify systemd at {path}: {failure.Message}");
        }
    }

    /// <summary>Says that a reload has begun, with the monotonic time that <c>Type=notify-reload</c> asks for.</summary>
    public static void SendReloading() => Send(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Environment.TickCount64 * 1000}"));
}
