using System.Text.Json.Nodes;
using ActorDns.Host.Cluster;

namespace ActorDns.Host.Tests.Cluster;

public sealed class ClusterFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ClusterFolderTests()
    {
        Directory.CreateDirectory(Path.Combine(Source, "zones"));
        Directory.CreateDirectory(Run);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_nodes_than_described_go_on_with_the_next_number_and_the_next_address()
    {
        Describe("""{ "Node": "ns9", "Listen": [ "127.0.0.19:5300", "[::1]:5300" ], "Control": "127.0.0.19:9953" }""");
        ClusterFolder cluster = ClusterFolder.Read(Source, nodes: 3);
        Assert.Equal(["ns9", "ns10", "ns11"], cluster.Nodes);
        JsonNode last = Settings(cluster.LayOut("ns11", Run, connection: null));
        Assert.Equal("ns11", last["Node"]!.GetValue<string>());
        Assert.Equal(["127.0.0.21:5300", "[::3]:5300"], last["Listen"]!.AsArray().Select(address => address!.GetValue<string>()));
        Assert.Equal("127.0.0.21:9953", last["Control"]!.GetValue<string>());
    }

    [Fact]
    public void Each_node_gets_the_files_and_its_settings_with_the_database_readable_by_its_user_only()
    {
        Describe("""{ "Listen": [ "127.0.0.11:5300" ] }""");
        ClusterFolder cluster = ClusterFolder.Read(Source, nodes: 1);
        Assert.False(cluster.HasDatabase);
        NodeFiles files = cluster.LayOut("node1", Run, "Host=/somewhere");
        Assert.Equal("options { };", File.ReadAllText(files.Configuration));
        Assert.True(File.Exists(Path.Combine(files.Folder, "zones", "db.example")));
        Assert.Equal("Host=/somewhere", Settings(files)["Store"]!["ConnectionString"]!.GetValue<string>());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Settings));
        Assert.Empty(Directory.GetFiles(files.Folder, "node1.json"));
    }

    [Fact]
    public void Nodes_of_a_run_share_a_secret_that_is_kept_and_one_that_they_name_is_found()
    {
        Describe("""{ "Node": "ns1" }""");
        ClusterFolder cluster = ClusterFolder.Read(Source, nodes: 2);
        string[] files = [.. cluster.Nodes.Select(node => SecretOf(cluster.LayOut(node, Run, "Host=/somewhere")))];
        Assert.Equal(Path.Combine(Run, "cluster.secret"), Assert.Single(files.Distinct()));
        string secret = File.ReadAllText(files[0]);
        cluster.LayOut("ns1", Run, "Host=/somewhere");
        Assert.Equal(secret, File.ReadAllText(files[0]));

        Describe("""{ "Node": "ns1", "ClusterSecretFile": "own.secret" }""");
        _folder.Write("source/own.secret", secret);
        NodeFiles named = ClusterFolder.Read(Source, nodes: 1).LayOut("ns1", Run, "Host=/somewhere");
        Assert.Equal(Path.Combine(Source, "own.secret"), SecretOf(named));

        static string SecretOf(NodeFiles node) => Settings(node)["ClusterSecretFile"]!.GetValue<string>();
    }

    [Fact]
    public void What_a_node_has_written_stays_when_a_run_goes_on()
    {
        Describe("{ }");
        ClusterFolder cluster = ClusterFolder.Read(Source, nodes: 1);
        NodeFiles files = cluster.LayOut("node1", Run, "Host=/somewhere");
        File.WriteAllText(Path.Combine(files.Folder, "zones", "db.example"), "changed");
        cluster.LayOut("node1", Run, "Host=/elsewhere");
        Assert.Equal("changed", File.ReadAllText(Path.Combine(files.Folder, "zones", "db.example")));
        Assert.Equal("Host=/elsewhere", Settings(files)["Store"]!["ConnectionString"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{ "Node": "ns1", """)]
    [InlineData("[]")]
    [InlineData("""{ "Node": 1 }""")]
    public void File_that_describes_no_node_is_named(string content)
    {
        Describe(content);
        ClusterException failure = Assert.Throws<ClusterException>(() => ClusterFolder.Read(Source, nodes: 1));
        Assert.Contains("node1.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_configuration_or_without_nodes_says_what_is_missing()
    {
        Assert.Contains(
            "no named.conf", Assert.Throws<ClusterException>(() => ClusterFolder.Read(_folder.Root, nodes: 1)).Message, StringComparison.Ordinal);
        _folder.Write("source/named.conf", "");
        Assert.Contains(
            "NODE.json", Assert.Throws<ClusterException>(() => ClusterFolder.Read(Source, nodes: 1)).Message, StringComparison.Ordinal);
    }

    private string Source => Path.Combine(_folder.Root, "source");

    private string Run => Path.Combine(_folder.Root, "run");

    private static JsonNode Settings(NodeFiles files) => JsonNode.Parse(File.ReadAllText(files.Settings))!;

    private void Describe(string node)
    {
        _folder.Write("source/named.conf", "options { };");
        _folder.Write("source/zones/db.example", "");
        _folder.Write("source/node1.json", node);
    }
}
