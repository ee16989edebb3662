using System.Globalization;
using System.Security.Cryptography;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>
/// The server's side of one connection's protocol, without its socket: signature, clock, repetition, nonce. The first request of a
/// connection only fetches the nonce, whatever command it carries.
/// </summary>
/// <param name="keys">The keys of the channel.</param>
/// <param name="replays">Shared by all connections.</param>
internal sealed class ControlSession(IReadOnlyList<TsigKey> keys, ReplayCache replays)
{
    /// <summary>How far the clocks may differ.</summary>
    public const int MaxSkewSeconds = 300;

    private const int ReplyLifetimeSeconds = 60;
    private static readonly string[] IdentifyingEntries = ["_frm", "_to", "_ser", "_tim"];
    private string? _nonce;

    /// <summary>The key that signed the last request; null when none of the channel's did.</summary>
    public TsigKey? Signer { get; private set; }

    /// <summary>The rule by which the last request was refused, in words.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>
    /// Takes a request. <paramref name="command"/> is null when there is nothing to run: the reply tells the nonce.
    /// </summary>
    public ControlFault Accept(
        ReadOnlySpan<byte> payload, long nowUnixSeconds, out ControlRequest? request, out string? command)
    {
        request = null;
        command = null;
        Rule = "no message of rndc's protocol";
        ControlFault fault = ControlMessage.TryRead(payload, keys, out ControlMessage? message, out TsigKey? key);
        Signer = key;
        if (fault == ControlFault.BadAuth)
            Rule = $"keys: signed by none of {string.Join(", ", keys.Select(known => known.Name.ToLogString()))}";
        if (fault != ControlFault.None)
            return fault;
        ControlTable control = message!.Control;
        if (control.Has("_rpl") || message.Data.Text("type") is not { } line)
            return ControlFault.Syntax;
        fault = CheckTime(control, nowUnixSeconds);
        if (fault != ControlFault.None)
            return fault;
        fault = CheckRepetition(control, nowUnixSeconds);
        if (fault != ControlFault.None)
            return fault;
        if (_nonce is null)
            _nonce = ((uint)RandomNumberGenerator.GetInt32(1, int.MaxValue)).ToString(CultureInfo.InvariantCulture);
        else if (control.Text("_nonce") == _nonce)
            command = line;
        else
            return Refuse(ControlFault.BadAuth, "nonce: not the one of this connection");
        request = new ControlRequest(message, key!, line);
        return ControlFault.None;
    }

    /// <summary>The reply to a request, signed with the key that verified it.</summary>
    public byte[] Reply(ControlRequest request, ControlReply reply, long nowUnixSeconds)
    {
        ControlTable asked = request.Message.Control;
        ControlTable control = new ControlTable()
            .Set("_ser", asked.Text("_ser") ?? "")
            .Set("_tim", nowUnixSeconds)
            .Set("_exp", nowUnixSeconds + ReplyLifetimeSeconds)
            .Set("_rpl", 1)
            .Set("_nonce", _nonce!);
        if (asked.Text("_frm") is { } from)
            control.Set("_to", from);
        if (asked.Text("_to") is { } to)
            control.Set("_frm", to);
        ControlTable data = new ControlTable().Set("type", request.Line).Set("result", reply.Result.Number);
        if (reply.Result != ControlResult.Success)
            data.Set("err", reply.Result.Text);
        if (reply.Text.Length > 0)
            data.Set("text", reply.Text);
        byte[] frame = new ControlMessage(control, data).Write(request.Key);
        return frame.Length - ControlMessage.LengthBytes <= ControlMessage.MaxReplyBytes
            ? frame
            : Reply(request, new ControlReply(ControlResult.NoSpace), nowUnixSeconds);
    }

    private ControlFault Refuse(ControlFault fault, string rule)
    {
        Rule = rule;
        return fault;
    }

    private ControlFault CheckTime(ControlTable control, long now)
    {
        if (control.Number("_tim") is not { } sent)
            return ControlFault.Syntax;
        if (sent < now - MaxSkewSeconds || sent > now + MaxSkewSeconds)
        {
            return Refuse(ControlFault.ClockSkew, sent < now
                ? $"time: sent {now - sent} s ago by the client's clock"
                : $"time: the client's clock is {sent - now} s ahead");
        }

        if (!control.Has("_exp"))
            return ControlFault.None;
        return control.Number("_exp") is not { } expires ? ControlFault.Syntax
            : now > expires ? Refuse(ControlFault.Expired, $"time: expired {now - expires} s ago")
            : ControlFault.None;
    }

    private ControlFault CheckRepetition(ControlTable control, long now)
    {
        string request = string.Join(';', IdentifyingEntries.Select(name => control.Text(name) ?? ""));
        if (control.Text("_ser") is null or "" || request.Any(char.IsWhiteSpace))
            return ControlFault.Syntax;
        return replays.TryAdd(request, now) ? ControlFault.None : Refuse(ControlFault.Duplicate, "repetition: the same was sent before");
    }
}
