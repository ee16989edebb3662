using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Tests;

/// <summary>The wording and the places of messages, and which verdict each changes.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("options { type \"x\"; };", "unknown option 'type'")]
    [InlineData("zone z { type \"primary\"; };", "expected unquoted string near '\"'")]
    [InlineData("options { recursion \"no\"; };", "boolean expected near '\"'")]
    [InlineData("options { recursion no }\n;", "missing ';' before '}'")]
    [InlineData("options { recursion no; recursion no; };", "'recursion' redefined near 'recursion'")]
    [InlineData("options { allow-query { 10; }; };", "incomplete IPv4 address or prefix near ';'")]
    [InlineData("options { allow-query { 10.1.1.1/8; }; };", "'10.1.1.1/8': address/prefix length mismatch near '8'")]
    [InlineData("options { dnssec-enable yes; };", "option 'dnssec-enable' no longer exists")]
    [InlineData("options { tcp-clients 10k; };", "expected number near '10k'")]
    [InlineData("zone z { type secondary; primaries { 10.0.0.1 tls a key b; }; };", "missing ';' before 'key'")]
    [InlineData("zone z { type foo; };", "'foo' unexpected")]
    [InlineData("zone z { type primary; };", "zone 'z': missing 'file' entry")]
    [InlineData("zone z { type secondary; };", "zone 'z': missing 'primaries' entry")]
    [InlineData(
        "zone z { type secondary; primaries { 10.0.0.1; }; allow-update { any; }; };",
        "option 'allow-update' is not allowed in 'secondary' zone 'z'")]
    [InlineData("view a { }; zone z { type primary; file \"z\"; };", "when using 'view' statements, all zones must be in views")]
    public void Error_reads_as_in_BIND(string text, string message)
    {
        LoadResult result = MemoryConfigSource.Load(text);

        Assert.Contains(
            $"/etc/bind/named.conf:1: {message}",
            result.Diagnostics.Where(d => d.FailsCheck && d.FailsLoad).Select(d => d.ToString()));
    }

    [Fact]
    public void Several_errors_are_reported_in_one_run()
    {
        LoadResult result = MemoryConfigSource.Load("options {\n foo 1;\n recursion no;\n bar { x; };\n};");

        Assert.Equal(["2 unknown option 'foo'", "4 unknown option 'bar'"], result.Diagnostics.Select(d => $"{d.Line} {d.Message}"));
    }

    [Fact]
    public void Zone_defined_twice_names_the_first_place()
    {
        LoadResult result = MemoryConfigSource.Load("zone z { type forward; };\nzone Z. { type forward; };");

        Assert.Contains(
            "/etc/bind/named.conf:2: zone 'Z': already exists previous definition: /etc/bind/named.conf:1",
            result.Diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void Missing_include_is_fatal_and_names_the_absolute_path_and_the_place()
    {
        LoadResult result = MemoryConfigSource.Load("options { directory \"/var/lib\"; };\ninclude \"keys/tsig.key\";");

        ConfigDiagnostic error = Assert.Single(result.Diagnostics);
        Assert.Equal("/etc/bind/named.conf:2: include '/var/lib/keys/tsig.key': file not found", error.ToString());
        Assert.Null(result.Model);
    }

    [Fact]
    public void Include_is_read_where_a_statement_may_stand_with_places_of_its_own()
    {
        MemoryConfigSource source = new(
            ("/etc/bind/named.conf", "options {\n include \"o/*.inc\";\n recursion no; };"),
            ("/etc/bind/o/a.inc", "\nnotify no;"),
            ("/etc/bind/o/b.inc", "max-records 5;"));

        LoadResult result = ConfigLoader.Load("/etc/bind/named.conf", source);

        Assert.Equal(
            ["max-records /etc/bind/o/b.inc:1", "notify /etc/bind/o/a.inc:2", "recursion /etc/bind/named.conf:3"],
            result.Tree.Root.Find("options")!.Block!.Statements.Select(s => $"{s.Name} {s.Position}"));
    }

    [Fact]
    public void Include_of_itself_ends_with_an_error()
    {
        LoadResult result = MemoryConfigSource.Load("include \"named.conf\";");

        Assert.False(result.CanLoad);
    }

    [Fact]
    public void Directory_that_does_not_exist_is_fatal()
    {
        MemoryConfigSource source = new(("/etc/bind/named.conf", "options { directory \"/gone\"; };"));
        source.MissingDirectories.Add("/gone");

        LoadResult result = ConfigLoader.Load("/etc/bind/named.conf", source);

        Assert.Equal("change directory to '/gone' failed: file not found", Assert.Single(result.Diagnostics).Message);
    }

    [Theory]
    [InlineData("zone z { type primary; file \"z\"; allow-query { nobody; }; };", "undefined ACL 'nobody'")]
    public void Name_that_only_the_server_misses_passes_the_check_and_fails_the_load(string text, string message)
    {
        LoadResult result = MemoryConfigSource.Load(text);

        Assert.Contains(result.Diagnostics, d => d.Message == message && d.Severity == DiagnosticSeverity.LoadError);
        Assert.True(result.PassesCheck);
        Assert.False(result.CanLoad);
    }

    [Theory]
    [InlineData("zone z { type primary; file \"z\"; allow-transfer { key nobody; }; };")]
    [InlineData("zone z { type secondary; primaries { 10.0.0.1 key nobody; }; };")]
    public void Key_that_only_the_registry_may_know_is_a_warning(string text)
    {
        LoadResult result = MemoryConfigSource.Load(text);

        Assert.Contains(result.Diagnostics, d => d.Severity == DiagnosticSeverity.Warning
            && d.Message == "unknown key 'nobody': it means nobody unless the key registry has it");
        Assert.True(result.PassesCheck && result.CanLoad);
    }

    [Theory]
    [InlineData("zone z { type primary; file \"z\"; check-svcb no; };")]
    [InlineData("remote-servers a { 10.0.0.1; }; zone z { type secondary; primaries { a; }; };")]
    public void Statement_of_BIND_9_20_fails_the_check_and_loads(string text)
    {
        LoadResult result = MemoryConfigSource.Load(text);

        Assert.False(result.PassesCheck);
        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
    }

    [Theory]
    [InlineData("hmac-md5", "c2VjcmV0IG9mIHRoZSB0ZXN0cw==", "hmac-md5 is not recommended")]
    [InlineData("hmac-sha1", "c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbGw=", "hmac-sha1 is not recommended")]
    [InlineData("hmac-sha256", "c2VjcmV0", "shorter than the digest")]
    public void Weak_key_is_a_warning_that_changes_no_verdict(string algorithm, string secret, string message)
    {
        LoadResult result = MemoryConfigSource.Load($"key k {{ algorithm {algorithm}; secret \"{secret}\"; }};");

        Assert.Contains(result.Diagnostics, d => d.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(result.PassesCheck && result.CanLoad);
        Assert.DoesNotContain(result.Diagnostics, d => d.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_main_file_is_a_diagnostic()
    {
        LoadResult result = ConfigLoader.Load("nothing.conf", new MemoryConfigSource());

        Assert.Contains("/etc/bind/nothing.conf", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }
}
