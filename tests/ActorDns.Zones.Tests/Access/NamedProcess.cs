using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tests.Access;

/// <summary>A BIND server on a free loopback port, with a directory of its own, that ends with the test.</summary>
internal sealed class NamedProcess : IAsyncDisposable
{
    private const int AttemptsToAsk = 100;
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromMilliseconds(200);
    private static readonly byte[] Secret = "0123456789abcdef0123456789abcdef"u8.ToArray();
    private static readonly string[] Programs = ["/usr/sbin/named", "/usr/local/sbin/named"];
    private readonly Process _process;
    private readonly string _directory;
    private readonly IPEndPoint _server;
    private readonly StringBuilder _log = new();

    private NamedProcess(Process process, string directory, IPEndPoint server)
    {
        _process = process;
        _directory = directory;
        _server = server;
    }

    public static async Task<NamedProcess> StartAsync(string zones, string[] keys, CancellationToken cancellation)
    {
        string program = Programs.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("this test needs named: install the Debian package bind9");
        string directory = Directory.CreateTempSubdirectory("actordns-named-").FullName;
        int port = FreePort();
        string keyText = string.Concat(keys.Select(key =>
            $"key {key} {{ algorithm hmac-sha256; secret \"{Convert.ToBase64String(Secret)}\"; }};\n"));
        await File.WriteAllTextAsync(
            Path.Combine(directory, "empty.zone"), "@ 60 SOA ns hostmaster 1 60 60 60 60\n@ 60 NS ns\nns 60 A 127.0.0.1\n", cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(directory, "named.conf"),
            $$"""
            options {
                directory "{{directory}}"; pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no;
                listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
            };
            controls { };
            {{keyText}}zone ready.test { type primary; file "empty.zone"; allow-query { any; }; };
            {{zones}}
            """,
            cancellation);
        Process process = new()
        {
            StartInfo = new ProcessStartInfo(program, ["-g", "-n", "1", "-c", Path.Combine(directory, "named.conf")])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
        };
        NamedProcess named = new(process, directory, new IPEndPoint(IPAddress.Loopback, port));
        process.ErrorDataReceived += (_, line) => named.Log(line.Data);
        process.OutputDataReceived += (_, line) => named.Log(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await named.AskAsync("ready.test.", [127, 0, 0, 1], null, cancellation);
        return named;
    }

    /// <summary>Asks for the SOA of a zone from a loopback address, signed when a key is named, and returns the rcode.</summary>
    public async Task<int> AskAsync(string zone, byte[] client, string? key, CancellationToken cancellation)
    {
        byte[] query = Query(DomainName.Parse(zone), key);
        byte[] reply = new byte[4_096];
        for (int attempt = 0; attempt < AttemptsToAsk && !_process.HasExited; attempt++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(new IPAddress(client), 0));
            await socket.SendToAsync(query, _server, cancellation);
            using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            giveUp.CancelAfter(ReplyTimeout);
            try
            {
                await socket.ReceiveAsync(reply, giveUp.Token);
                return reply[3] & 0x0F;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Not up yet, or the datagram was lost: ask again.
                continue;
            }
        }

        lock (_log)
            throw new InvalidOperationException($"named does not answer:\n{_log}");
    }

    /// <summary>Sends a message over TCP and returns the replies, the last being the one that <paramref name="isLast"/> tells.</summary>
    public async Task<List<byte[]>> ExchangeAsync(byte[] message, Predicate<byte[]> isLast, CancellationToken cancellation)
    {
        using TcpClient client = new();
        await client.ConnectAsync(_server, cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync((byte[])[(byte)(message.Length >> 8), (byte)message.Length, .. message], cancellation);
        List<byte[]> replies = [];
        byte[] length = new byte[2];
        do
        {
            await stream.ReadExactlyAsync(length, cancellation);
            byte[] reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(reply, cancellation);
            replies.Add(reply);
        }
        while (!isLast(replies[^1]));
        return replies;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    // A port that is free for both transports: held for UDP while TCP is tried.
    private static int FreePort()
    {
        while (true)
        {
            using Socket probe = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            IPEndPoint found = (IPEndPoint)probe.LocalEndPoint!;
            using Socket stream = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                stream.Bind(found);
                return found.Port;
            }
            catch (SocketException)
            {
                // Taken for TCP: the next one.
                continue;
            }
        }
    }

    private static byte[] Query(DomainName zone, string? key)
    {
        byte[] unsigned = [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. zone.Wire, 0, 6, 0, 1];
        if (key is null)
            return unsigned;
        byte[] keyName = DomainName.Parse(key).Wire.ToArray();
        byte[] algorithm = DomainName.Parse("hmac-sha256.").Wire.ToArray();
        byte[] time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        byte[] timers = [.. time[2..], 1, 0x2C];
        byte[] toSign = [.. unsigned, .. keyName, 0, 0xFF, 0, 0, 0, 0, .. algorithm, .. timers, 0, 0, 0, 0];
        byte[] mac = HMACSHA256.HashData(Secret, toSign);
        byte[] rdata = [.. algorithm, .. timers, 0, 32, .. mac, 0x12, 0x34, 0, 0, 0, 0];
        byte[] signed = [.. unsigned, .. keyName, 0, 250, 0, 0xFF, 0, 0, 0, 0, 0, (byte)rdata.Length, .. rdata];
        signed[11] = 1;
        return signed;
    }

    private void Log(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
    }
}
