using System.Security.Cryptography.X509Certificates;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>ACME clients as they are, which prove by updates that a domain is theirs, and get their certificate from pebble.</summary>
public sealed class AcmeTests
{
    private const string Zone = "example.com";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("hmac-sha256")]
    [InlineData("hmac-md5")]
    public async Task Certbot_gets_a_certificate_for_a_name_and_a_wildcard(string algorithm)
    {
        TestKey key = TestKey.Create("acme", algorithm);
        await using DynamicZone zone = await StartAsync(key);
        await using PebbleServer pebble = await PebbleServer.StartAsync(zone.Folder, zone.Server.EndPoint);
        string credentials = zone.Folder.Write("rfc2136.ini", $"""
            dns_rfc2136_server = 127.0.0.1
            dns_rfc2136_port = {zone.Server.Port}
            dns_rfc2136_name = {key.Name}
            dns_rfc2136_secret = {key.Secret}
            dns_rfc2136_algorithm = {key.Algorithm.ToUpperInvariant()}

            """);
        (await Tool.RunAsync("chmod", "600", credentials)).OrThrow();
        string folder = zone.Folder["certbot/"].TrimEnd('/');
        await RunAsync(
            "certbot",
            [
                "certonly", "--non-interactive", "--agree-tos", "-m", "admin@example.com", "--server", pebble.Directory,
                "--authenticator", "dns-rfc2136", "--dns-rfc2136-credentials", credentials, "--dns-rfc2136-propagation-seconds", "0",
                "-d", "www.example.com", "-d", "*.example.com", "--config-dir", folder, "--work-dir", folder, "--logs-dir", folder,
            ],
            $"REQUESTS_CA_BUNDLE={pebble.CertificateFile}");
        AssertIsFor(Path.Combine(folder, "live", "www.example.com", "cert.pem"), "www.example.com", "*.example.com");
        await AssertIsCleanAsync(zone);
    }

    [Fact]
    public async Task Lego_gets_a_certificate_for_a_name_and_a_wildcard()
    {
        TestKey key = TestKey.Create("acme");
        await using DynamicZone zone = await StartAsync(key);
        await using PebbleServer pebble = await PebbleServer.StartAsync(zone.Folder, zone.Server.EndPoint);
        string folder = zone.Folder["lego/"].TrimEnd('/');
        await RunAsync(
            "lego",
            [
                "--accept-tos", "--email", "admin@example.com", "--server", pebble.Directory, "--dns", "rfc2136",
                "--dns.resolvers", zone.Server.EndPoint.ToString(), "--dns.disable-cp", "--path", folder,
                "-d", Zone, "-d", $"*.{Zone}", "run",
            ],
            $"LEGO_CA_CERTIFICATES={pebble.CertificateFile}",
            $"RFC2136_NAMESERVER={zone.Server.EndPoint}",
            $"RFC2136_TSIG_KEY={key.Name}.",
            $"RFC2136_TSIG_ALGORITHM={key.Algorithm}.",
            $"RFC2136_TSIG_SECRET={key.Secret}",
            "RFC2136_PROPAGATION_TIMEOUT=30",
            "RFC2136_POLLING_INTERVAL=1",
            "RFC2136_SEQUENCE_INTERVAL=1");
        AssertIsFor(Path.Combine(folder, "certificates", $"{Zone}.crt"), Zone, $"*.{Zone}");
        await AssertIsCleanAsync(zone);
    }

    private static Task<DynamicZone> StartAsync(TestKey key) => DynamicZone.StartAsync(other: Zone, more: conf => conf.Key(key).Statement($$"""
        zone "{{Zone}}" {
            type primary; file "{{Zone}}.db"; allow-transfer { any; };
            update-policy {
                grant "{{key.Name}}" wildcard *.example.com. TXT;
                grant "{{key.Name}}" name _acme-challenge.example.com. TXT;
            };
        };
        """));

    private static async Task RunAsync(string program, string[] arguments, params string[] environment) =>
        (await Tool.RunAsync("env", [.. environment, Tool.Find(program), .. arguments], null, Deadline)).OrThrow();

    private static void AssertIsFor(string file, params string[] names)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        X509SubjectAlternativeNameExtension found = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(names.Order(StringComparer.Ordinal), found.EnumerateDnsNames().Order(StringComparer.Ordinal));
    }

    /// <summary>What the client added it has removed again, and the zone was changed by nothing else.</summary>
    private static async Task AssertIsCleanAsync(DynamicZone zone)
    {
        string[] records = await zone.TransferAsync(Zone);
        Assert.DoesNotContain(records, record => record.Contains("_acme-challenge", StringComparison.Ordinal));
        Assert.True(await zone.SerialAsync(Zone) >= DynamicZone.FirstSerial + 4, "two challenges are added and removed");
    }
}
