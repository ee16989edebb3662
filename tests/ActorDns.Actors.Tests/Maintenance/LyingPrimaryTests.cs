using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Testing.Processes;
using ActorDns.Testing.Transfers;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>A primary that errs or lies: what it sends never replaces what is served.</summary>
public sealed class LyingPrimaryTests : IAsyncDisposable
{
    private const string Ns = "example. 3600 NS ns1.example.";
    private const string Www = "www.example. 60 A 192.0.2.80";
    private static readonly TsigKey Key = new(DomainName.Parse("key."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]));
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedPrimary _primary;
    private readonly SecondaryZone _zone;

    public LyingPrimaryTests()
    {
        _primary = new ScriptedPrimary(_clock, Key) { Transfer = static stream => [stream.Message(Soa(1), Ns, Www, Soa(1))] };
        _zone = new SecondaryZone(_folder, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _zone.DisposeAsync();
        await _primary.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public Task Transfer_that_ends_early_changes_nothing() =>
        AssertRefusedAsync("end of file", static stream => [stream.Message(Soa(2), Ns)]);

    [Fact]
    public Task Transfer_that_does_not_close_with_the_soa_it_opened_with_changes_nothing() =>
        AssertRefusedAsync("the first and the last SOA differ", static stream => [stream.Message(Soa(2), Ns), stream.Message(Soa(3))]);

    [Fact]
    public Task Wrong_mac_at_a_later_message_changes_nothing() => AssertRefusedAsync("signature failed to verify", static stream =>
    {
        byte[] first = stream.Message(Soa(2), Ns);
        byte[] changed = stream.Message("evil.example. 60 A 192.0.2.66");
        changed[45] ^= 1; // The last octet of the address.
        return [first, changed, stream.Message(Soa(2))];
    });

    [Fact]
    public Task Wrong_id_changes_nothing() => AssertRefusedAsync("unexpected message ID", static stream =>
    {
        byte[] first = stream.Message(Soa(2), Ns);
        stream.Id++;
        return [first, stream.Message(Soa(2))];
    });

    [Fact]
    public Task Hundred_messages_without_signature_change_nothing() =>
        AssertRefusedAsync("too many messages without a TSIG", static stream => Unsigned(stream, 100));

    [Fact]
    public async Task Ninety_nine_messages_without_signature_are_taken()
    {
        await StartAsync();
        await RefreshAsync(2, static stream => Unsigned(stream, 99));
        Assert.True(_zone.Serial == 2, _zone.Lines.ToString());
    }

    [Fact]
    public Task Unsigned_answer_to_a_signed_request_changes_nothing() =>
        AssertRefusedAsync("expected a TSIG or SIG(0)", static stream => [stream.Unsigned(Soa(2), Ns, Soa(2))]);

    [Fact]
    public async Task Difference_that_does_not_fit_leads_to_the_whole_zone_by_itself()
    {
        await StartAsync();
        await RefreshAsync(2, static stream => stream.Type == RecordType.Ixfr
            ? [stream.Message(Soa(2), Soa(1), "absent.example. 60 A 192.0.2.1", Soa(2), Soa(2))]
            : [stream.Message(Soa(2), Ns, Soa(2))]);
        Assert.Equal(2u, _zone.Serial);
        Assert.Equal(["SOA", "AXFR", "SOA", "IXFR", "AXFR"], _primary.Asked);
        Assert.True(_zone.Lines.Contains("does not fit: RemovedIsMissing"), _zone.Lines.ToString());
    }

    [Fact]
    public async Task Primary_that_knows_no_ixfr_is_asked_for_the_whole_zone()
    {
        await StartAsync();
        await RefreshAsync(2, static stream =>
        {
            stream.Flags |= stream.Type == RecordType.Ixfr ? Rcode.NotImp.Value : (ushort)0;
            return stream.Type == RecordType.Ixfr ? [stream.Message()] : [stream.Message(Soa(2), Ns, Soa(2))];
        });
        Assert.Equal(2u, _zone.Serial);
        Assert.True(_zone.Lines.Contains("got NOTIMP, retrying with AXFR"), _zone.Lines.ToString());
    }

    private static string Soa(uint serial) => AnswerStream.Soa(serial);

    private static IEnumerable<byte[]> Unsigned(AnswerStream stream, int count)
    {
        yield return stream.Message(Soa(2), Ns);
        for (int i = 0; i < count; i++)
            yield return stream.Unsigned($"h{i}.example. 60 A 192.0.2.1");
        yield return stream.Message(Soa(2));
    }

    private async Task AssertRefusedAsync(string reason, Func<AnswerStream, IEnumerable<byte[]>> lie)
    {
        await StartAsync();
        await RefreshAsync(2, lie);
        Assert.Equal(1u, _zone.Serial);
        Assert.Equal(3, _zone.Published.Current!.RecordCount);
        Assert.True(_zone.Lines.Contains($"Transfer status: {reason}"), _zone.Lines.ToString());
    }

    private async Task StartAsync()
    {
        await _zone.StartAsync(new Primary(_primary.Endpoint) { Key = Key });
        await _zone.WhenIdleAsync();
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
    }

    private Task<RefreshStatus> RefreshAsync(uint serial, Func<AnswerStream, IEnumerable<byte[]>> transfer)
    {
        _primary.Serial = serial;
        _primary.Transfer = transfer;
        return _zone.AfterRoundAsync(new RefreshCommand.Refresh());
    }
}
