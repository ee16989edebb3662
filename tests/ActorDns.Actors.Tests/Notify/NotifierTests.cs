using System.Net;
using ActorDns.Actors.Notify;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Tests.Notify;

/// <summary>What is sent, how often, and what ends it.</summary>
public sealed class NotifierTests : IAsyncDisposable
{
    private readonly NotifierFixture _fixture = new();
    private readonly ListeningServer _server = new();

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    [Rfc(1996, "3.7")]
    public async Task New_serial_is_told_with_AA_set_and_the_SOA_as_a_hint()
    {
        await StartAsync(serial: 7);
        (byte[] message, _) = await _server.ReceiveAsync();

        Assert.Equal(Opcode.Notify, MessageHeader.Opcode(message));
        Assert.Equal(MessageHeader.Authoritative, MessageHeader.Flags(message) & ~MessageHeader.OpcodeMask);
        Assert.Equal(ParseError.None, MessageScan.TryScan(message, out MessageLayout layout));
        Assert.True(layout.QuestionName(message).SequenceEqual(DomainName.Parse("example.").Wire));
        Assert.Equal((RecordType.Soa, RecordClass.In), (layout.QuestionType, layout.QuestionClass));
        Assert.Equal(
            [1, 1, 0, 0], Enumerable.Range(0, 4).Select(section => (int)MessageHeader.Count(message, section)));
        Assert.Equal(7u, ListeningServer.SerialIn(message));
    }

    [Fact]
    [Rfc(1996, "3.6")]
    public async Task Silent_server_is_told_five_times_with_growing_waits_then_by_TCP()
    {
        _server.Listen();
        await StartAsync();
        (byte[] first, _) = await _server.ReceiveAsync();
        foreach (int wait in (int[])[2, 4, 8, 16])
        {
            await _fixture.AdvanceAsync(wait - 0.1);
            Assert.False(_server.HasMore);
            await _fixture.AdvanceAsync(0.1);
            Assert.Equal(first, (await _server.ReceiveAsync()).Message);
        }

        await _fixture.AdvanceAsync(32);
        Assert.False(_server.HasMore);
        byte[] overTcp = await _server.AnswerStreamAsync(message => ListeningServer.ReplyTo(message));
        Assert.Equal(first, overTcp);
        await _fixture.Lines.WaitForAsync("notify response from");
        Assert.Contains(
            $"Information: zone example/IN: notify to {_server.Endpoint} failed: timed out: retrying over TCP", _fixture.Lines.All);
        Assert.Equal(1u, Assert.Single(await _fixture.ListAsync()).Acknowledged!.Value.Value);
    }

    [Fact]
    [Rfc(1996, "3.6")]
    public async Task Icmp_that_nobody_listens_ends_the_copies_at_once()
    {
        ListeningServer gone = new("127.0.0.77");
        gone.Dispose();
        await StartAsync(gone);
        await _fixture.Lines.WaitForAsync($"Warning: zone example/IN: notify to {gone.Endpoint} failed: connection refused");
        await _fixture.Notifier.FlushAsync();
        Assert.Equal(1, Assert.Single(await _fixture.ListAsync()).Failures);
        await _fixture.Notifier.FlushAsync();
        await _fixture.NoTimersAsync();
    }

    [Fact]
    public async Task Server_that_came_up_after_a_refusal_is_told_the_next_serial()
    {
        ListeningServer gone = new("127.0.0.78");
        gone.Dispose();
        PublishedZone zone = await StartAsync(gone);
        await _fixture.Lines.WaitForAsync("failed: connection refused");
        using ListeningServer again = new("127.0.0.78", gone.Endpoint.Port);
        await _fixture.AdvanceAsync(5);
        await _fixture.ChangeAsync(zone, 2);
        Assert.Equal(2u, await again.AcknowledgeAsync());
        await _fixture.AnsweredAsync();
    }

    [Fact]
    [Rfc(1996, "3.7")]
    public async Task Server_is_told_by_IPv6()
    {
        using ListeningServer server = new("::1");
        await StartAsync(server, serial: 3);
        Assert.Equal(3u, await server.AcknowledgeAsync());
        await _fixture.AnsweredAsync();
        Assert.Contains($"notify response from {server.Endpoint}", string.Join('\n', _fixture.Lines.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_takes_no_TCP_either_is_given_up_with_a_line()
    {
        await StartAsync();
        foreach (int wait in (int[])[2, 4, 8, 16, 32])
            await _fixture.AdvanceAsync(wait);
        await _fixture.Lines.WaitForAsync($"Warning: zone example/IN: notify to {_server.Endpoint} failed: ");

        await _fixture.Notifier.FlushAsync();
        NotifyStatus status = Assert.Single(await _fixture.ListAsync());
        Assert.Equal((null, null, 1), (status.InFlight, status.Acknowledged, status.Failures));
        await _fixture.Notifier.FlushAsync();
        await _fixture.NoTimersAsync();
    }

    [Fact]
    [Rfc(1996, "3.6")]
    public async Task Reply_ends_the_copies_and_is_remembered()
    {
        PublishedZone zone = await StartAsync(serial: 3);
        await AcknowledgedAsync();
        await _fixture.AdvanceAsync(100);

        Assert.False(_server.HasMore);
        NotifyStatus status = Assert.Single(await _fixture.ListAsync(zone));
        Assert.Equal((3u, 0, null), (status.Acknowledged!.Value.Value, status.Failures, status.Problem));
        Assert.Equal("example/IN", status.Zone);
    }

    [Fact]
    [Rfc(1996, "3.6")]
    public async Task Messages_that_do_not_fit_the_request_do_not_end_it()
    {
        await StartAsync();
        (byte[] message, EndPoint from) = await _server.ReceiveAsync();
        byte[] refusal = ListeningServer.ReplyTo(message, Rcode.Refused);
        using (ListeningServer stranger = new())
            stranger.Send(refusal, from);
        _server.Send(Changed(refusal, reply => MessageHeader.SetId(reply, (ushort)(MessageHeader.Id(reply) + 1))), from);
        _server.Send(Changed(refusal, reply => reply[13] ^= 1), from); // Another name in the question.
        _server.Send(Changed(refusal, reply => reply[^3] ^= 1), from); // Another type.
        _server.Send(Changed(refusal, reply => reply[2] ^= 0x08), from); // Another opcode.
        _server.Send(Changed(refusal, reply => reply[2] ^= 0x80), from); // No response.
        _server.Send(Changed(ListeningServer.ReplyTo(message)[..12], reply => MessageHeader.SetCount(reply, 0, 0)), from);
        _server.Send(refusal[..11], from);
        _server.Send(ListeningServer.ReplyTo(message), from);
        await _fixture.Lines.WaitForAsync("notify response from");

        Assert.Equal(0, _fixture.Lines.Count("REFUSED"));
        Assert.Equal(1, _fixture.Lines.Count("notify response from"));
    }

    [Theory]
    [InlineData(4, "NOTIMP")]
    [InlineData(5, "REFUSED")]
    [InlineData(9, "NOTAUTH")]
    public async Task Refusal_ends_the_copies_with_a_line(int rcode, string word)
    {
        await StartAsync();
        (byte[] message, EndPoint from) = await _server.ReceiveAsync();
        _server.Send(ListeningServer.ReplyTo(message, new Rcode((ushort)rcode)), from);
        await _fixture.Lines.WaitForAsync($"Warning: zone example/IN: notify response from {_server.Endpoint}: {word}");
        await _fixture.AdvanceAsync(100);

        Assert.False(_server.HasMore);
        Assert.Equal((1, word), Assert.Single(await _fixture.ListAsync()) is var status ? (status.Failures, status.Problem) : default);
    }

    [Fact]
    public async Task Header_alone_with_an_error_ends_it_as_from_servers_that_do_not_know_NOTIFY()
    {
        await StartAsync();
        (byte[] message, EndPoint from) = await _server.ReceiveAsync();
        byte[] reply = ListeningServer.ReplyTo(message, Rcode.NotImp)[..12];
        MessageHeader.SetCount(reply, 0, 0);
        _server.Send(reply, from);
        await _fixture.Lines.WaitForAsync("notify response from");
    }

    [Fact]
    public async Task Serials_within_the_delay_are_told_in_one_round_by_the_newest()
    {
        PublishedZone zone = await StartAsync();
        await AcknowledgedAsync();
        for (int serial = 2; serial <= 100; serial++)
            await _fixture.ChangeAsync(zone, serial);
        Assert.False(_server.HasMore);
        await _fixture.AdvanceAsync(4.9);
        Assert.False(_server.HasMore);
        await _fixture.AdvanceAsync(0.1);

        Assert.Equal(100u, await _server.AcknowledgeAsync());
        await _fixture.AnsweredAsync(2);
        await _fixture.AdvanceAsync(100);
        Assert.False(_server.HasMore);
        Assert.Equal(
            ["Information: zone example/IN: sending notifies (serial 1)", "Information: zone example/IN: sending notifies (serial 100)"],
            _fixture.Lines.All.Where(line => line.Contains("sending notifies", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Newer_serial_takes_the_place_of_one_that_is_not_acknowledged_and_the_waits_go_on()
    {
        PublishedZone zone = await StartAsync();
        (byte[] old, EndPoint from) = await _server.ReceiveAsync();
        await _fixture.AdvanceAsync(2);
        await _server.ReceiveAsync();
        await _fixture.ChangeAsync(zone, 2);
        await _fixture.AdvanceAsync(3); // The delay is over; the third copy is due at 6 s.
        (byte[] next, _) = await _server.ReceiveAsync();
        Assert.Equal(2u, ListeningServer.SerialIn(next));
        Assert.NotEqual(MessageHeader.Id(old), MessageHeader.Id(next));

        _server.Send(ListeningServer.ReplyTo(old), from);
        await _fixture.AdvanceAsync(1);
        Assert.Equal(next, (await _server.ReceiveAsync()).Message);
        _server.Send(ListeningServer.ReplyTo(next), from);
        await _fixture.Lines.WaitForAsync("NOERROR (serial 2)");
        Assert.Equal(0, _fixture.Lines.Count("NOERROR (serial 1)"));
    }

    [Fact]
    public async Task Deferred_round_waits_as_long_as_it_is_told_to()
    {
        PublishedZone zone = _fixture.Add(
            "example.", zone => zone with { AlsoNotify = [new AlsoNotify(_server.Endpoint)], Defer = TimeSpan.FromSeconds(3) });
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, 1);
        await _fixture.AdvanceAsync(2.9);
        Assert.False(_server.HasMore);
        await _fixture.AdvanceAsync(0.1);
        Assert.Equal(1u, await _server.AcknowledgeAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rate_spreads_the_notifies_of_many_zones(bool isStart)
    {
        _fixture.Settings = isStart
            ? new NotifierSettings { StartupRate = 2, Rate = 1_000 }
            : new NotifierSettings { StartupRate = 1_000, Rate = 2 };
        PublishedZone[] zones = [.. Enumerable.Range(0, 5).Select(i => _fixture.Add($"z{i}.example.", _server.Endpoint))];
        await _fixture.OpenAsync();
        foreach (PublishedZone zone in zones)
            await _fixture.ChangeAsync(zone, 1);
        if (!isStart)
        {
            foreach (PublishedZone _ in zones)
                await _server.AcknowledgeAsync();
            await _fixture.AnsweredAsync(zones.Length);
            await _fixture.AdvanceAsync(10);
            foreach (PublishedZone zone in zones)
                await _fixture.ChangeAsync(zone, 2);
        }

        for (int i = 0; i < zones.Length; i++)
        {
            await _server.AcknowledgeAsync();
            await _fixture.AnsweredAsync(isStart ? i + 1 : zones.Length + i + 1);
            Assert.False(_server.HasMore);
            await _fixture.AdvanceAsync(0.5);
        }

        Assert.False(_server.HasMore);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_zones_are_loaded()
    {
        PublishedZone zone = _fixture.Add("example.", _server.Endpoint);
        _fixture.Configure();
        await _fixture.ChangeAsync(zone, 1);
        await _fixture.AdvanceAsync(60);
        Assert.False(_server.HasMore);
        await _fixture.TellAsync(new NotifyCommand.Open());
        Assert.Equal(1u, await _server.AcknowledgeAsync());
    }

    [Fact]
    public async Task Round_that_is_asked_for_begins_at_once_and_tells_the_same_serial_again()
    {
        PublishedZone zone = await StartAsync();
        await AcknowledgedAsync();
        Assert.True(await _fixture.NowAsync(zone));
        Assert.Equal(1u, await _server.AcknowledgeAsync());
        Assert.False(await _fixture.NowAsync(new PublishedZone(DomainName.Parse("other."))));
    }

    [Fact]
    public async Task Zone_that_leaves_the_configuration_is_told_of_no_more()
    {
        PublishedZone zone = await StartAsync();
        await _server.ReceiveAsync();
        await _fixture.TellAsync(new NotifyCommand.Configure(new NotifierSettings()));
        await _fixture.TellAsync(new NotifyCommand.Open());
        await _fixture.TellAsync(new NotifyCommand.Changed(zone));
        await _fixture.AdvanceAsync(100);

        Assert.False(_server.HasMore);
        Assert.Empty(await _fixture.ListAsync());
        await _fixture.Notifier.FlushAsync();
        await _fixture.NoTimersAsync();
    }

    [Fact]
    public async Task Zone_that_comes_by_itself_is_told_of_beside_the_others_and_forgotten_by_itself()
    {
        PublishedZone zone = await StartAsync();
        await AcknowledgedAsync();
        PublishedZone added = new(DomainName.Parse("added."));
        ZoneNotifySettings settings = new()
        {
            Zone = added,
            LogName = "added/IN",
            View = NotifierFixture.View,
            AlsoNotify = [new AlsoNotify(_server.Endpoint)],
        };
        await _fixture.TellAsync(new NotifyCommand.ConfigureZone(added.Origin, settings));
        await _fixture.ChangeAsync(added, 7);
        Assert.Equal(7u, await _server.AcknowledgeAsync());

        await _fixture.TellAsync(new NotifyCommand.ForgetZone(NotifierFixture.View, added.Origin, added));
        Assert.False(await _fixture.NowAsync(added));
        Assert.True(await _fixture.NowAsync(zone));
        Assert.Equal(1u, await _server.AcknowledgeAsync());
    }

    [Fact]
    public async Task Signed_notify_is_ended_by_a_reply_with_the_right_MAC_alone()
    {
        await StartSignedAsync();
        (byte[] message, EndPoint from) = await _server.ReceiveAsync();
        Assert.Equal(TsigOutcome.Verified, VerifyRequest(message, NotifierFixture.Key, out TsigContext request));
        byte[] plain = ListeningServer.ReplyTo(message, Rcode.Refused);
        _server.Send(plain, from);
        TsigKey other = new(NotifierFixture.Key.Name, NotifierFixture.Key.Algorithm, new TsigSecret("another secret of 32 octets here"u8));
        _server.Send(Signed(plain, other), from);
        await _fixture.Lines.WaitForAsync("reply not genuine (BadSignature)");
        Assert.Equal(1, _fixture.Lines.Count("reply not genuine (Unsigned)"));
        Assert.Equal(0, _fixture.Lines.Count("notify response from"));

        _server.Send(Response(ListeningServer.ReplyTo(message), in request), from);
        await _fixture.Lines.WaitForAsync("NOERROR (serial 1)");
    }

    [Fact]
    public async Task Server_that_does_not_know_the_key_is_named_with_it()
    {
        await StartSignedAsync();
        (byte[] message, EndPoint from) = await _server.ReceiveAsync();
        TsigVerifier.VerifyRequest(message, _fixture.UnixNow, new TsigKeyRing([]), out TsigContext request);
        _server.Send(Response(ListeningServer.ReplyTo(message, Rcode.NotAuth), in request), from);
        await _fixture.Lines.WaitForAsync("the server does not know key 'k.example' (BADKEY)");
        await _fixture.AdvanceAsync(2);
        Assert.Equal(message, (await _server.ReceiveAsync()).Message); // The error is not signed: it ends nothing.
    }

    [Fact]
    public async Task Key_of_the_element_comes_before_that_of_the_server_block_and_the_longest_prefix_before_others()
    {
        TsigKey ofBlock = new(DomainName.Parse("block."), TsigAlgorithm.HmacSha256, NotifierFixture.Key.Secret);
        using ListeningServer second = new("127.0.0.2");
        _fixture.Settings = new NotifierSettings
        {
            StartupRate = 1_000,
            Peers = new Dictionary<string, IReadOnlyList<NotifyPeer>>
            {
                [NotifierFixture.View] =
                [
                    new NotifyPeer(new NetPrefix(second.Endpoint.Address, 32), null, null, IsStreamOnly: false),
                    new NotifyPeer(new NetPrefix(NotifierFixture.Address("127.0.0.0"), 8), ofBlock, null, IsStreamOnly: false),
                ],
            },
        };
        using ListeningServer third = new("127.0.0.3");
        PublishedZone zone = _fixture.Add("example.", zone => zone with
        {
            AlsoNotify =
            [
                new AlsoNotify(_server.Endpoint, NotifierFixture.Key), new AlsoNotify(second.Endpoint), new AlsoNotify(third.Endpoint),
            ],
        });
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, 1);

        Assert.Equal(TsigOutcome.Verified, VerifyRequest((await _server.ReceiveAsync()).Message, NotifierFixture.Key, out _));
        Assert.Equal(TsigOutcome.Unsigned, VerifyRequest((await second.ReceiveAsync()).Message, NotifierFixture.Key, out _));
        Assert.Equal(TsigOutcome.Verified, VerifyRequest((await third.ReceiveAsync()).Message, ofBlock, out _));
    }

    [Fact]
    public async Task Server_that_is_asked_by_TCP_alone_gets_no_datagram()
    {
        _server.Listen();
        _fixture.Settings = new NotifierSettings
        {
            Peers = new Dictionary<string, IReadOnlyList<NotifyPeer>>
            {
                [NotifierFixture.View] = [new NotifyPeer(new NetPrefix(_server.Endpoint.Address, 32), null, null, IsStreamOnly: true)],
            },
        };
        await StartAsync();
        await _server.AnswerStreamAsync(message => ListeningServer.ReplyTo(message));
        await _fixture.Lines.WaitForAsync("NOERROR (serial 1)");
        Assert.False(_server.HasMore);
    }

    [Fact]
    public async Task Source_address_is_obeyed()
    {
        PublishedZone zone = _fixture.Add("example.", zone => zone with
        {
            AlsoNotify = [new AlsoNotify(_server.Endpoint)],
            Source = new NetEndpoint(NotifierFixture.Address("127.0.0.9"), 0),
        });
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, 1);
        Assert.Equal(IPAddress.Parse("127.0.0.9"), ((IPEndPoint)(await _server.ReceiveAsync()).From).Address);
    }

    [Fact]
    public async Task Source_that_is_not_ours_fails_with_its_address()
    {
        PublishedZone zone = _fixture.Add("example.", zone => zone with
        {
            AlsoNotify = [new AlsoNotify(_server.Endpoint)],
            Source = new NetEndpoint(NotifierFixture.Address("192.0.2.77"), 0),
        });
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, 1);
        Assert.Equal(1, _fixture.Lines.Count($"notify to {_server.Endpoint} failed: notify-source 192.0.2.77: "));
    }

    private Task<PublishedZone> StartAsync(int serial = 1) => StartAsync(_server, serial);

    private async Task<PublishedZone> StartAsync(ListeningServer server, int serial = 1)
    {
        PublishedZone zone = _fixture.Add("example.", server.Endpoint);
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, serial);
        return zone;
    }

    private async Task StartSignedAsync()
    {
        PublishedZone zone = _fixture.Add(
            "example.", zone => zone with { AlsoNotify = [new AlsoNotify(_server.Endpoint, NotifierFixture.Key)] });
        await _fixture.OpenAsync();
        await _fixture.ChangeAsync(zone, 1);
    }

    private async Task AcknowledgedAsync()
    {
        await _server.AcknowledgeAsync();
        await _fixture.AnsweredAsync();
    }

    private TsigOutcome VerifyRequest(byte[] message, TsigKey key, out TsigContext context) =>
        TsigVerifier.VerifyRequest(message, _fixture.UnixNow, new SingleTsigKey(key), out context);

    private byte[] Response(byte[] reply, in TsigContext request)
    {
        byte[] buffer = new byte[1024];
        reply.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignResponse(buffer, reply.Length, in request, _fixture.UnixNow, out int length));
        return buffer[..length];
    }

    private byte[] Signed(byte[] message, TsigKey key)
    {
        byte[] buffer = new byte[1024];
        message.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignRequest(buffer, message.Length, key, _fixture.UnixNow, out int length, out _));
        return buffer[..length];
    }

    private static byte[] Changed(byte[] message, Action<byte[]> change)
    {
        byte[] copy = [.. message];
        change(copy);
        return copy;
    }
}
