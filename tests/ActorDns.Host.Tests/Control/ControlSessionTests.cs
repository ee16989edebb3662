using ActorDns.Host.Control;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Tests.Control;

public sealed class ControlSessionTests
{
    private const long Now = 1_700_000_000;
    private static readonly TsigKey Key = ControlVectors.Key("hmac-sha256");
    private readonly ReplayCache _replays = new();
    private readonly ControlSession _session;

    public ControlSessionTests() => _session = new ControlSession([ControlVectors.Key("hmac-md5"), Key], _replays);

    [Fact]
    public void First_request_gets_a_nonce_and_its_command_is_not_run()
    {
        Assert.Equal(ControlFault.None, Accept(Request("stop", 1), out ControlRequest? request, out string? command));
        Assert.Null(command);
        Assert.NotEqual(0, NonceOf(_session.Reply(request!, ControlReply.Done, Now)));
    }

    [Fact]
    public void Second_request_with_the_nonce_is_run()
    {
        long nonce = Begin(_session);
        Assert.Equal(ControlFault.None, Accept(Request("zonestatus example.com IN x", 2, nonce: nonce), out _, out string? command));
        Assert.Equal("zonestatus example.com IN x", command);
    }

    [Fact]
    public void Request_with_a_missing_or_foreign_nonce_is_bad_auth()
    {
        long nonce = Begin(_session);
        Assert.Equal(ControlFault.BadAuth, Accept(Request("status", 2), out _, out _));
        Assert.Equal(ControlFault.BadAuth, Accept(Request("status", 3, nonce: nonce + 1), out _, out _));
    }

    [Fact]
    public void Nonces_of_two_connections_differ() =>
        Assert.NotEqual(Begin(_session), Begin(new ControlSession([Key], _replays), serial: 2));

    [Fact]
    public void Repeated_request_is_refused_on_every_connection_until_it_is_too_old()
    {
        byte[] request = Request("null", 7);
        Assert.Equal(ControlFault.None, Accept(request, out _, out _));
        ControlSession other = new([Key], _replays);
        Assert.Equal(ControlFault.Duplicate, other.Accept(request.AsSpan(4), Now, out _, out _));
        Assert.Equal(ControlFault.Duplicate, other.Accept(request.AsSpan(4), Now + 60, out _, out _));
        Assert.False(_replays.TryAdd($";;7;{Now}", Now + ReplayCache.MemorySeconds));
        Assert.True(_replays.TryAdd($";;7;{Now}", Now + ReplayCache.MemorySeconds + 1));
    }

    [Theory]
    [InlineData(-300, ControlFault.None)]
    [InlineData(300, ControlFault.None)]
    [InlineData(-301, ControlFault.ClockSkew)]
    [InlineData(301, ControlFault.ClockSkew)]
    internal void Clock_may_differ_by_five_minutes(int seconds, ControlFault expected) =>
        Assert.Equal(expected, Accept(Request("null", 1, time: Now + seconds, expires: Now + 600), out _, out _));

    [Fact]
    public void Request_beyond_its_own_expiry_is_refused()
    {
        Assert.Equal(ControlFault.None, Accept(Request("null", 1, time: Now - 60, expires: Now), out _, out _));
        Assert.Equal(ControlFault.Expired, Accept(Request("null", 2, time: Now - 61, expires: Now - 1), out _, out _));
    }

    [Fact]
    public void Refusal_names_the_rule_that_decided_and_the_key_when_one_fits()
    {
        ControlTable control = new ControlTable().Set("_ser", 9).Set("_tim", Now);
        byte[] foreign = new ControlMessage(control, new ControlTable().Set("type", "null")).Write(ControlVectors.Key("hmac-sha512"));
        Assert.Equal(ControlFault.BadAuth, Refused(foreign));
        Assert.Equal((null, "keys: signed by none of hmac-md5, hmac-sha256"), (_session.Signer, _session.Rule));
        Assert.Equal(ControlFault.ClockSkew, Refused(Request("null", 1, time: Now - 400, expires: Now + 60)));
        Assert.Equal((Key.Name, "time: sent 400 s ago by the client's clock"), (_session.Signer!.Name, _session.Rule));
        Assert.Equal(ControlFault.ClockSkew, Refused(Request("null", 2, time: Now + 301)));
        Assert.Equal("time: the client's clock is 301 s ahead", _session.Rule);
        Assert.Equal(ControlFault.Expired, Refused(Request("null", 3, expires: Now - 2)));
        Assert.Equal("time: expired 2 s ago", _session.Rule);
        Begin(_session, serial: 4);
        Assert.Equal(ControlFault.Duplicate, Refused(Request("null", 4)));
        Assert.Equal("repetition: the same was sent before", _session.Rule);
        Assert.Equal(ControlFault.BadAuth, Refused(Request("null", 5)));
        Assert.Equal("nonce: not the one of this connection", _session.Rule);

        ControlFault Refused(byte[] frame) => Accept(frame, out _, out _);
    }

    [Fact]
    public void Reply_sent_as_a_request_is_refused()
    {
        ControlTable control = new ControlTable().Set("_ser", 1).Set("_tim", Now).Set("_rpl", 1);
        byte[] frame = new ControlMessage(control, new ControlTable().Set("type", "null")).Write(Key);
        Assert.Equal(ControlFault.Syntax, Accept(frame, out _, out _));
    }

    [Fact]
    public void White_space_in_what_identifies_a_request_is_refused()
    {
        ControlTable control = new ControlTable().Set("_ser", "1 2").Set("_tim", Now);
        byte[] frame = new ControlMessage(control, new ControlTable().Set("type", "null")).Write(Key);
        Assert.Equal(ControlFault.Syntax, Accept(frame, out _, out _));
    }

    [Fact]
    public void Reply_repeats_serial_and_command_and_crosses_from_and_to()
    {
        ControlTable control = new ControlTable().Set("_ser", 42).Set("_tim", Now).Set("_frm", "a").Set("_to", "b");
        byte[] frame = new ControlMessage(control, new ControlTable().Set("type", "null")).Write(Key);
        Assert.Equal(ControlFault.None, Accept(frame, out ControlRequest? request, out _));
        byte[] reply = _session.Reply(request!, new ControlReply(ControlResult.NotFound, "where"), Now);
        Assert.Equal(ControlFault.None, ControlMessage.TryRead(reply.AsSpan(4), [Key], out ControlMessage? message, out _));
        Assert.Equal("42", message!.Control.Text("_ser"));
        Assert.Equal("a", message.Control.Text("_to"));
        Assert.Equal("b", message.Control.Text("_frm"));
        Assert.Equal("null", message.Data.Text("type"));
        Assert.Equal("23", message.Data.Text("result"));
        Assert.Equal("not found", message.Data.Text("err"));
        Assert.Equal("where", message.Data.Text("text"));
    }

    [Fact]
    public void Reply_too_long_for_a_client_becomes_a_failure()
    {
        Assert.Equal(ControlFault.None, Accept(Request("null", 1), out ControlRequest? request, out _));
        byte[] reply = _session.Reply(request!, ControlReply.Say(new string('x', ControlMessage.MaxReplyBytes)), Now);
        Assert.Equal(ControlFault.None, ControlMessage.TryRead(reply.AsSpan(4), [Key], out ControlMessage? message, out _));
        Assert.Equal("ran out of space", message!.Data.Text("err"));
    }

    private static byte[] Request(string command, int serial, long? time = null, long? expires = null, long? nonce = null)
    {
        ControlTable control = new ControlTable().Set("_ser", serial).Set("_tim", time ?? Now).Set("_exp", expires ?? Now + 60);
        if (nonce is { } number)
            control.Set("_nonce", number);
        return new ControlMessage(control, new ControlTable().Set("type", command)).Write(Key);
    }

    private static long Begin(ControlSession session, int serial = 1)
    {
        Assert.Equal(ControlFault.None, session.Accept(Request("null", serial).AsSpan(4), Now, out ControlRequest? request, out _));
        return NonceOf(session.Reply(request!, ControlReply.Done, Now));
    }

    private static long NonceOf(byte[] reply)
    {
        Assert.Equal(ControlFault.None, ControlMessage.TryRead(reply.AsSpan(4), [Key], out ControlMessage? message, out _));
        return message!.Control.Number("_nonce")!.Value;
    }

    private ControlFault Accept(byte[] frame, out ControlRequest? request, out string? command) =>
        _session.Accept(frame.AsSpan(4), Now, out request, out command);
}
