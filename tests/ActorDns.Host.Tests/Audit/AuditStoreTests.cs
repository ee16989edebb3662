namespace ActorDns.Host.Tests.Audit;

/// <summary>What the audit commands say when there is no journal to read.</summary>
public sealed class AuditStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_configuration_is_an_error_that_says_how_to_give_one()
    {
        (int code, _, string error) = await Commands.Program.OursAsync("journal", "status", "-c", _folder.File("none.conf"));
        Assert.Equal(1, code);
        Assert.Contains("none.conf: no such file; give the server's configuration with -c", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_without_a_journal_says_where_it_was_looked_for_and_makes_none()
    {
        (int code, _, string error) = await Commands.Program.OursAsync("journal", "status", "-c", Configuration());
        Assert.Equal(1, code);
        Assert.Contains($"{_folder.File("actordns.db")}: no such file", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("actordns.db")));
    }

    [Fact]
    public async Task File_that_is_no_journal_is_an_error_and_stays_as_it_is()
    {
        string file = _folder.Write("other.db", "this is no database, and nobody may make it one");
        _folder.Write("actordns.json", "{ \"Store\": { \"Path\": \"other.db\" } }");
        (int code, _, string error) = await Commands.Program.OursAsync("journal", "status", "-c", Configuration());
        Assert.Equal(1, code);
        Assert.Contains($"{file}: ", error, StringComparison.Ordinal);
        Assert.Equal("this is no database, and nobody may make it one", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_are_an_error_that_names_the_file()
    {
        _folder.Write("actordns.json", "{ nonsense");
        (int code, _, string error) = await Commands.Program.OursAsync("journal", "status", "-c", Configuration());
        Assert.Equal(1, code);
        Assert.Contains(_folder.File("actordns.json"), error, StringComparison.Ordinal);
    }

    private string Configuration() => _folder.Write("named.conf", $"options {{ directory \"{_folder.Root}\"; }};\n");
}
