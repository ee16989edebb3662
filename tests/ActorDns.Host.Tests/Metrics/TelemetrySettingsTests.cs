using ActorDns.Host.Wiring;
using OpenTelemetry.Exporter;

namespace ActorDns.Host.Tests.Metrics;

public sealed class TelemetrySettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_listens_and_nothing_is_sent_unless_it_is_asked_for()
    {
        NodeSettings settings = Read("{ }");
        Assert.Empty(settings.Telemetry.Http);
        Assert.Null(settings.Telemetry.OtlpEndpoint);
        Assert.False(settings.Telemetry.HasZoneSerials);
    }

    [Theory]
    [InlineData("""["127.0.0.1:9353", "[::1]:9353"]""", "127.0.0.1:9353 [::1]:9353")]
    [InlineData("\"9353\"", "127.0.0.1:9353")]
    [InlineData("9353", "127.0.0.1:9353")]
    [InlineData("""["0.0.0.0:80"]""", "0.0.0.0:80")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    public void Endpoints_are_one_or_a_list_and_a_port_alone_is_on_loopback(string http, string expected)
    {
        NodeSettings settings = Read($$"""{ "Http": {{http}} }""");
        Assert.Empty(settings.Wrong);
        Assert.Empty(settings.Unknown);
        Assert.Equal(expected, string.Join(' ', settings.Telemetry.Http));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("localhost:80")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("65536")]
    public void Endpoint_without_address_or_port_is_named_and_not_listened_on(string http)
    {
        NodeSettings settings = Read($$"""{ "Http": ["{{http}}"] }""");
        Assert.Contains($"'{http}'", Assert.Single(settings.Wrong), StringComparison.Ordinal);
        Assert.Empty(settings.Telemetry.Http);
    }

    [Theory]
    [InlineData("grpc", "http://127.0.0.1:4317", OtlpExportProtocol.Grpc, "http://127.0.0.1:4317/")]
    [InlineData("http/protobuf", "http://127.0.0.1:4318", OtlpExportProtocol.HttpProtobuf, "http://127.0.0.1:4318/v1/metrics")]
    [InlineData("http/protobuf", "https://c.example/m", OtlpExportProtocol.HttpProtobuf, "https://c.example/m")]
    public void Collector_has_an_endpoint_and_a_protocol(string protocol, string endpoint, OtlpExportProtocol expected, string url)
    {
        NodeSettings settings = Read($$"""{ "Otlp": { "Endpoint": "{{endpoint}}", "Protocol": "{{protocol}}" } }""");
        Assert.Empty(settings.Wrong);
        Assert.Empty(settings.Unknown);
        Assert.Equal(expected, settings.Telemetry.OtlpProtocol);
        Assert.Equal(url, settings.Telemetry.OtlpEndpoint?.ToString());
    }

    [Fact]
    public void Values_that_make_no_sense_and_keys_that_nobody_knows_are_named()
    {
        NodeSettings settings = Read("""
            { "Otlp": { "Endpoint": "collector:4317", "Protocol": "udp" }, "Metrics": { "ZoneSerials": "few", "Colour": 1 } }
            """);
        Assert.Equal(3, settings.Wrong.Count);
        Assert.Equal(["Metrics:Colour"], settings.Unknown);
        Assert.Null(settings.Telemetry.OtlpEndpoint);
    }

    private NodeSettings Read(string json) => NodeSettings.Read(_folder.Write("actordns.json", json));
}
