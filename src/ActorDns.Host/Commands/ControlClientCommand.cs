using System.CommandLine;
using System.Net.Sockets;
using ActorDns.Host.Control;

namespace ActorDns.Host.Commands;

/// <summary>Sends a command to a running server, ours or BIND, by rndc's protocol.</summary>
internal static class ControlClientCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "control";

    private const int DefaultSeconds = 60;

    public static Command Create()
    {
        Option<string?> server = new("-s", "--server") { Description = "Name or address; 127.0.0.1 unless rndc.conf says another" };
        Option<int?> port = new("-p", "--port") { Description = "Port; 953 unless rndc.conf says another" };
        Option<string?> keyFile = new("-k", "--key-file")
        {
            Description = $"File with the key; {ControlTarget.DefaultKeyFile} unless there is an rndc.conf",
        };
        Option<string?> configuration = new("-c", "--config")
        {
            Description = $"rndc.conf; {ControlTarget.DefaultConfiguration} if it exists",
        };
        Option<string?> keyName = new("-y", "--key") { Description = "Name of the key to use out of rndc.conf" };
        Option<int> seconds = new("-t", "--timeout")
        {
            Description = "Seconds to wait for the reply", DefaultValueFactory = _ => DefaultSeconds,
        };
        Option<bool> quiet = new("-q", "--quiet") { Description = "Do not print what the server says" };
        Argument<string[]> words = new("command")
        {
            Description = "The command and its arguments; put -- before it when an argument begins with a hyphen",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new(Name, """
            Sends a command to a running server over the control channel, as rndc does, and prints what it answers. Works with BIND too.
            Exit code 0: done; 1: refused or not reached, with the reason on standard error.

              actordns control status                                    is it up, how many zones, clients, transfers
              actordns control reload example.com                        reads one zone's file again
              actordns control zonestatus example.com                    serial, files, when loaded
              actordns control addzone new.example '{ type primary; file "db.new"; };'
              actordns control querylog on                               one line a query, until "querylog off"
              actordns control -s 192.0.2.1 -k ns1.key -- stop -p        another server, another key

            Commands: status, reload, reconfig, zonestatus, notify, refresh, retransfer, freeze, thaw, sync, addzone, modzone, delzone,
            showzone, rollback, querylog, trace, notrace, tcp-timeouts, tsig-list, stats, dumpdb, scan, stop, halt. Server side:
            'controls' in named.conf, or port 953 of this host with the key in /etc/bind/rndc.key.
            """)
        { server, port, keyFile, configuration, keyName, seconds, quiet, words };
        command.SetAction(async (parsed, ct) =>
        {
            ControlTargetOptions options = new(
                parsed.GetValue(server),
                parsed.GetValue(port),
                parsed.GetValue(keyFile),
                parsed.GetValue(configuration),
                parsed.GetValue(keyName));
            if (ControlTarget.Find(options, out string problem) is not { } target)
            {
                Console.Error.WriteLine($"control: {problem}");
                return ExitCode.Failure;
            }

            return await SendAsync(target, string.Join(' ', parsed.GetValue(words)!), parsed.GetValue(seconds), parsed.GetValue(quiet), ct);
        });
        return command;
    }

    private static async Task<int> SendAsync(ControlTarget target, string line, int seconds, bool isQuiet, CancellationToken ct)
    {
        if (await AskAsync(target, line, seconds, ct) is not { } reply)
            return ExitCode.Failure;
        bool isGood = reply.IsGood;
        if (!isGood)
            Console.Error.WriteLine($"control: '{line.Split(' ')[0]}' failed: {reply.Result.Text}");
        if (reply.Text.Length > 0 && !(isQuiet && isGood))
            (isGood ? Console.Out : Console.Error).WriteLine(reply.Text);
        return isGood ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Sends a command and gives the reply; null when there is none, with the reason on standard error.</summary>
    public static async Task<ControlReply?> AskAsync(ControlTarget target, string line, int seconds, CancellationToken ct)
    {
        using CancellationTokenSource timer = new(TimeSpan.FromSeconds(Math.Max(1, seconds)), TimeProvider.System);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            using TcpClient? connection = await ConnectAsync(target, late.Token);
            if (connection is null)
                return null;
            ControlClient client = new(connection.GetStream(), target.Key, TimeProvider.System);
            (ControlReply? reply, string problem) = await client.SendAsync(line, late.Token);
            if (reply is null)
                Console.Error.WriteLine($"control: {problem}");

            return reply;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("control: timed out");
            return null;
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"control: {failure.Message}");
            return null;
        }
    }

    private static async Task<TcpClient?> ConnectAsync(ControlTarget target, CancellationToken ct)
    {
        foreach ((string host, int port) in target.Addresses)
        {
            TcpClient connection = new();
            try
            {
                await connection.ConnectAsync(host, port, ct);
                return connection;
            }
            catch (SocketException failure)
            {
                connection.Dispose();
                string reason = failure.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : failure.Message;
                Console.Error.WriteLine($"control: connect failed: {host}#{port}: {reason}");
            }
        }

        return null;
    }
}
