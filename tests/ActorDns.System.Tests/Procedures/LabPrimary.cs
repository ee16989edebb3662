using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Procedures;

/// <summary>
/// The two labs of the tutorials in one primary: <c>solvethenetwork.com</c> with its reverse zone under a key that <c>tsig-keygen</c> made,
/// and <c>theos.in</c> under the old kind of key. More zones try what access lists can say.
/// </summary>
public sealed class LabPrimary : IAsyncLifetime
{
    public const string Zone = "solvethenetwork.com";
    public const string Reverse = "10.168.192.in-addr.arpa";
    public const string OldZone = "theos.in";
    public const string KeyName = "solvethenetwork-transfer-key";

    /// <summary>A key pair's name with its final dot, as <c>dnssec-keygen</c> writes it.</summary>
    public const string PairName = "host1-host2.";

    private readonly TempFolder _folder = new();

    public ServerUnderTest Server { get; private set; } = null!;

    public TempFolder Folder => _folder;

    /// <summary>The file that <c>tsig-keygen</c> wrote and <c>named.conf</c> includes.</summary>
    public string KeyFile { get; private set; } = "";

    /// <summary>The same key, for clients that take no file.</summary>
    public TestKey Transfer { get; private set; } = null!;

    public static TestKey Old { get; } = new("TRANSFER", "hmac-md5", "0jnu3SdsMvzzlmTDPYRceA==");

    public static TestKey Pair { get; } = new(PairName, "hmac-sha256", "La/E5CjG9O+os1jq0a2jdA==");

    /// <summary>A key that is known and entitles to nothing.</summary>
    public static TestKey Bystander { get; } = TestKey.Create("bystander.example");

    /// <summary>A key whose policy takes MACs of 16 octets.</summary>
    public static TestKey Truncated { get; } = TestKey.Create("truncated.example", "hmac-sha256-128");

    public async ValueTask InitializeAsync()
    {
        ToolResult made = (await KeygenAsync("-a", "hmac-sha256", KeyName)).OrThrow();
        KeyFile = _folder.Write("tsig-keys/solvethenetwork-transfer.key", made.Output);
        Transfer = new TestKey(KeyName, "hmac-sha256", made.Output.Split('"')[3]);
        WriteZones();
        NamedConf conf = new NamedConf()
            .Option("allow-transfer { none; };")
            .Statement($"include \"{KeyFile}\";")
            .Key(Old).Key(Bystander).Key(Truncated)
            .Statement($"key {PairName} {{ algorithm hmac-sha256; secret \"{Pair.Secret}\"; }};")
            .Statement($"server 127.0.0.1 {{ keys {{ {KeyName}; }}; }};")
            .Primary(Zone, "zones/db.solvethenetwork.com", $"allow-transfer {{ key {KeyName}; }};")
            .Primary(Reverse, "zones/db.192.168.10", $"allow-transfer {{ key {KeyName}; }};")
            .Statement($"zone \"{OldZone}\" {{ type master; file \"zones/master.theos.in\"; allow-transfer {{ key TRANSFER; }}; }};")
            .Primary("either.example", "zones/db.small", $"allow-transfer {{ key {KeyName}; 127.0.0.1; }};")
            .Primary("both.example", "zones/db.small", $"allow-transfer {{ !{{ !127.0.0.1; any; }}; key {KeyName}; }};")
            .Primary("bare.example", "zones/db.small", "allow-transfer { key host1-host2; };")
            .Primary("dotted.example", "zones/db.small", "allow-transfer { key host1-host2.; };")
            .Primary("quoted.example", "zones/db.small", "allow-transfer { key \"HOST1-host2\"; };")
            .Primary("truncated.example", "zones/db.small", "allow-transfer { key truncated.example; };");
        Server = await ServerUnderTest.StartAsync(_folder, conf);
    }

    /// <summary>Runs the <c>tsig-keygen</c> of the server under test.</summary>
    public static Task<ToolResult> KeygenAsync(params string[] arguments)
    {
        if (ServerUnderTest.Default == ServerKind.Bind)
            return Tool.RunAsync("tsig-keygen", arguments);
        (string program, string[] first) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        return Tool.RunAsync(program, [first[0], "tsig-keygen", .. arguments]);
    }

    /// <summary>Asks with a signature made octet by octet and returns what the script tells of the reply.</summary>
    public async Task<string> AskAsync(string zone, string type, TestKey? key, params string[] more)
    {
        string[] signature = key is null ? [] : [$"key={key.Name}", $"algorithm={key.Algorithm}", $"secret={key.Secret}"];
        return (await Script.RunAsync("tsig.py", [$"{Server.Port}", zone, type, .. signature, .. more])).OrThrow().Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteZones()
    {
        _folder.Write("zones/db.solvethenetwork.com", """
            $TTL 3600
            @ IN SOA sw-infrarunbook-01 infrarunbook-admin ( 2026032501 3600 900 604800 300 )
              IN NS sw-infrarunbook-01
              IN NS sw-infrarunbook-02
            sw-infrarunbook-01 IN A 192.168.10.10
            sw-infrarunbook-02 IN A 192.168.10.11
            www IN CNAME sw-infrarunbook-01

            """);
        _folder.Write("zones/db.192.168.10", """
            $TTL 3600
            @ IN SOA sw-infrarunbook-01.solvethenetwork.com. infrarunbook-admin.solvethenetwork.com. 1 3600 900 604800 300
            @ IN NS sw-infrarunbook-01.solvethenetwork.com.
            10 IN PTR sw-infrarunbook-01.solvethenetwork.com.
            11 IN PTR sw-infrarunbook-02.solvethenetwork.com.

            """);
        _folder.Write("zones/master.theos.in", """
            $TTL 86400
            @ IN SOA ns1 hostmaster 2008071011 3600 900 604800 300
            @ IN NS ns1
            @ IN NS ns2
            ns1 IN A 202.54.1.2
            ns2 IN A 75.55.2.100

            """);
        _folder.Write("zones/db.small", "$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
    }
}
