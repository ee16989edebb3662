using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Pebble, the test authority of Let's Encrypt, which asks the server under test for its challenges.</summary>
internal sealed class PebbleServer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private PebbleServer(ChildProcess process, string certificateFile, int port)
    {
        _process = process;
        CertificateFile = certificateFile;
        Directory = $"https://localhost:{port}/dir";
    }

    /// <summary>What clients must trust to speak to it.</summary>
    public string CertificateFile { get; }

    public string Directory { get; }

    public static async Task<PebbleServer> StartAsync(TempFolder folder, IPEndPoint resolver)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        string certificateFile = folder.Write("pebble.crt", certificate.ExportCertificatePem());
        string keyFile = folder.Write("pebble.key", key.ExportECPrivateKeyPem());
        int port = FreePorts.Take();
        string config = folder.Write("pebble.json", JsonSerializer.Serialize(new
        {
            pebble = new
            {
                listenAddress = $"127.0.0.1:{port}",
                managementListenAddress = $"127.0.0.1:{FreePorts.Take()}",
                certificate = certificateFile,
                privateKey = keyFile,
                httpPort = FreePorts.Take(),
                tlsPort = FreePorts.Take(),
            },
        }));
        ChildProcess process = ChildProcess.Start(
            "pebble",
            ["-config", config, "-dnsserver", resolver.ToString()],
            folder.FullPath,
            new Dictionary<string, string> { ["PEBBLE_VA_NOSLEEP"] = "1", ["PEBBLE_WFE_NONCEREJECT"] = "0" });
        await process.WaitForLineAsync("Listening on");
        return new PebbleServer(process, certificateFile, port);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
