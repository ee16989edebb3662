using System.Security.Cryptography;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>
/// The client's side of a connection: fetches the nonce, sends one command, reads the reply. Works with any server that speaks rndc's
/// protocol.
/// </summary>
/// <param name="stream">A new connection.</param>
/// <param name="key">Signs the requests; the replies must be signed with it.</param>
/// <param name="clock">Time stamps.</param>
internal sealed class ControlClient(Stream stream, TsigKey key, TimeProvider clock)
{
    private const int RequestLifetimeSeconds = 60;
    private readonly TsigKey[] _keys = [key];
    private uint _serial = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Sends a command. Null with a reason when there was no good reply.</summary>
    public async Task<(ControlReply? Reply, string Problem)> SendAsync(string line, CancellationToken ct)
    {
        (ControlMessage? first, string problem) = await AskAsync("null", null, ct);
        if (first is null)
            return (null, problem);
        if (first.Control.Text("_nonce") is not { } nonce)
            return (null, "the server's reply has no nonce");
        (ControlMessage? answer, problem) = await AskAsync(line, nonce, ct);
        if (answer is null)
            return (null, problem);
        int number = (int)Math.Clamp(answer.Data.Number("result") ?? ControlResult.Failure.Number, 0, int.MaxValue);
        ControlResult result = number == 0
            ? ControlResult.Success
            : new ControlResult(number, answer.Data.Text("err") ?? "failure");
        return (new ControlReply(result, answer.Data.Text("text") ?? ""), "");
    }

    private async Task<(ControlMessage? Reply, string Problem)> AskAsync(string line, string? nonce, CancellationToken ct)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        string serial = (++_serial).ToString(System.Globalization.CultureInfo.InvariantCulture);
        ControlTable control = new ControlTable().Set("_ser", serial).Set("_tim", now).Set("_exp", now + RequestLifetimeSeconds);
        if (nonce is not null)
            control.Set("_nonce", nonce);
        await stream.WriteAsync(new ControlMessage(control, new ControlTable().Set("type", line)).Write(key), ct);
        if (await ControlStream.ReadAsync(stream, ControlMessage.MaxReplyBytes, ct) is not { } payload)
        {
            return (null, """
                the server closed the connection without a reply. Its log says which it is:
                  the key or its algorithm is another one there,
                  the clocks differ by more than five minutes,
                  or this host is not allowed to connect.
                """);
        }

        ControlFault fault = ControlMessage.TryRead(payload, _keys, out ControlMessage? reply, out _);
        if (fault != ControlFault.None)
            return (null, $"the reply is not good: {ControlFaultText.Of(fault)}");
        return reply!.Control.Text("_rpl") != "1" || reply.Control.Text("_ser") != serial
            ? (null, "the reply belongs to another request")
            : (reply, "");
    }
}
