using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ActorDns.Actors.Transfers;
using ActorDns.Testing.Processes;
using ActorDns.Testing.Transfers;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>A primary behind TLS: what it has to prove, and that nothing is asked in the clear when it cannot.</summary>
public sealed class TransferOverTlsTests : IAsyncDisposable
{
    private const string Name = "primary.example";
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TestCertificates _certificates;
    private readonly SecondaryZone _zone;
    private ScriptedPrimary? _primary;

    public TransferOverTlsTests()
    {
        _certificates = new TestCertificates(_folder);
        _zone = new SecondaryZone(_folder, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _zone.DisposeAsync();
        if (_primary is not null)
            await _primary.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact, Rfc(9103, "7.1"), Rfc(9103, "7.2")]
    public async Task Questions_and_zone_go_by_TLS_1_3_with_ALPN_dot_and_none_by_UDP()
    {
        X509Certificate2 certificate = _certificates.Issue(Name);
        bool isAsked = false;
        await AskAsync(certificate, Strict(), server =>
        {
            server.ServerCertificate = null;
            server.ServerCertificateSelectionCallback = (_, name) =>
            {
                isAsked = name == Name;
                return certificate;
            };
        });
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
        Assert.True(isAsked);
        Assert.Equal(["SOA", "AXFR"], _primary!.Asked);
        Assert.Equal(2, _primary.Clients.Count);
    }

    [Fact]
    public async Task Address_of_the_primary_is_the_name_when_no_other_is_written()
    {
        await AskAsync(_certificates.Issue("127.0.0.1"), new OutboundTls("t") { CaFile = _certificates.CaFile });
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
    }

    [Fact]
    public async Task Anybody_is_believed_when_nothing_to_check_is_written()
    {
        await AskAsync(_certificates.Issue("anybody.example"), new OutboundTls("ephemeral"));
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
        Assert.True(_zone.Lines.Contains(" TLS 'ephemeral' (whoever it is)"), _zone.Lines.ToString());
    }

    [Fact, Rfc(9103, "7.5")]
    public Task Certificate_with_another_name_is_refused() =>
        AssertRefusedAsync("RemoteCertificateNameMismatch", _certificates.Issue("other.example"), Strict());

    [Fact, Rfc(9103, "7.5")]
    public async Task Certificate_of_another_authority_is_refused()
    {
        using TempFolder elsewhere = new();
        using TestCertificates others = new(elsewhere);
        await AssertRefusedAsync("errors in the certificate chain", others.Issue(Name), Strict());
    }

    [Fact]
    public Task Certificate_of_no_authority_of_the_system_is_refused_when_a_name_alone_is_written() =>
        AssertRefusedAsync("errors in the certificate chain", _certificates.Issue(Name), new OutboundTls("t") { RemoteHostname = Name });

    [Fact, Rfc(9103, "7.1")]
    public Task Server_that_chooses_no_ALPN_is_refused() =>
        AssertRefusedAsync("did not choose ALPN 'dot'", _certificates.Issue(Name), Strict(), server => server.ApplicationProtocols = null);

    [Fact, Rfc(9103, "7.2")]
    public Task Server_of_TLS_1_2_is_refused() => AssertRefusedAsync(
        "TLS: ", _certificates.Issue(Name), Strict(), server => server.EnabledSslProtocols = SslProtocols.Tls12);

    [Fact]
    public async Task Server_of_TLS_1_2_is_taken_when_that_is_written()
    {
        await AskAsync(
            _certificates.Issue(Name),
            Strict() with { Versions = SslProtocols.Tls12 | SslProtocols.Tls13 },
            server => server.EnabledSslProtocols = SslProtocols.Tls12);
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
    }

    [Fact]
    public Task Authority_that_cannot_be_read_is_no_authority() =>
        AssertRefusedAsync("absent.pem", _certificates.Issue(Name), Strict() with { CaFile = _folder["absent.pem"] });

    [Fact]
    public async Task Server_that_asks_who_we_are_is_shown_our_certificate()
    {
        using X509Certificate2 own = _certificates.Issue("secondary.example");
        OutboundTls tls = Strict() with
        {
            CertFile = _folder.Write("own.pem", own.ExportCertificatePem()),
            KeyFile = _folder.Write("own.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        };
        string? shown = null;
        await AskAsync(_certificates.Issue(Name), tls, server =>
        {
            server.ClientCertificateRequired = true;
            server.RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate?.Subject) is not null;
        });
        Assert.True(_zone.Serial == 1, _zone.Lines.ToString());
        Assert.Equal("CN=secondary.example", shown);
    }

    private OutboundTls Strict() => new("t") { CaFile = _certificates.CaFile, RemoteHostname = Name };

    private async Task AssertRefusedAsync(
        string reason, X509Certificate2 certificate, OutboundTls tls, Action<SslServerAuthenticationOptions>? set = null)
    {
        await AskAsync(certificate, tls, set);
        Assert.Null(_zone.Serial);
        Assert.Empty(_primary!.Asked); // Neither by TLS nor in the clear.
        Assert.True(_zone.Lines.Contains(reason), _zone.Lines.ToString());
    }

    private async Task AskAsync(X509Certificate2 certificate, OutboundTls tls, Action<SslServerAuthenticationOptions>? set = null)
    {
        SslServerAuthenticationOptions options = new()
        {
            ServerCertificate = certificate,
            ApplicationProtocols = [new SslApplicationProtocol("dot")],
        };
        set?.Invoke(options);
        _primary = new ScriptedPrimary(_clock)
        {
            Tls = options,
            Transfer = static stream => [stream.Message(AnswerStream.Soa(1), "example. 3600 NS ns1.example.", AnswerStream.Soa(1))],
        };
        await _zone.StartAsync(new Primary(_primary.Endpoint) { Tls = tls });
        await _zone.WhenIdleAsync();
    }
}
