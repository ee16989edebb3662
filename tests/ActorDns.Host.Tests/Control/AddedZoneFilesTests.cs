using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Tests.Control;

public sealed class AddedZoneFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AddedZoneFiles _files;

    public AddedZoneFilesTests() => _files = new AddedZoneFiles(_folder.Root, ["_default", "odd/../view"]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_put_is_listed_in_order_and_what_was_removed_is_not()
    {
        await PutAsync("b.example", "_default");
        await PutAsync("a.example", "_default");
        await PutAsync("c.example", "odd/../view");
        Assert.Equal(["a.example", "b.example", "c.example"], await NamesAsync());
        Assert.True((await _files.RemoveAsync(Key("b.example", "_default"), Cancelled)).Value);
        Assert.False((await _files.RemoveAsync(Key("b.example", "_default"), Cancelled)).Value);
        Assert.Equal(["a.example", "c.example"], await NamesAsync());
        Assert.All(Directory.GetFiles(_folder.Root), path => Assert.EndsWith(".nzf", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Second_statement_of_a_zone_takes_the_place_of_the_first()
    {
        await PutAsync("a.example", "_default");
        await PutAsync("a.example", "_default", "other.db");
        StoreResult<IReadOnlyList<AddedZone>> listed = await _files.ListAsync(Cancelled);
        Assert.Equal("zone \"a.example\" { type primary; file \"other.db\"; };", Assert.Single(listed.Value!).Statement);
    }

    [Fact]
    public async Task File_that_is_not_understood_is_a_result_with_its_place_and_is_not_overwritten()
    {
        _folder.Write("_default.nzf", "zone \"a\" {\n junk\n");
        StoreResult<IReadOnlyList<AddedZone>> listed = await _files.ListAsync(Cancelled);
        Assert.Equal(StoreStatus.Corrupt, listed.Status);
        Assert.StartsWith(_folder.File("_default.nzf") + ":", listed.Message, StringComparison.Ordinal);
        Assert.Equal(StoreStatus.Corrupt, (await PutResultAsync("b.example", "_default", "db")).Status);
        Assert.Contains("junk", File.ReadAllText(_folder.File("_default.nzf")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_that_cannot_be_written_is_a_result()
    {
        AddedZoneFiles nowhere = new(_folder.File("missing"), ["_default"]);
        Assert.Equal(
            StoreStatus.Unavailable, (await nowhere.PutAsync(Zone("a.example", "_default", "db"), Cancelled)).Status);
    }

    private static ZoneKey Key(string name, string view) => new(DomainName.Parse(name + "."), RecordClass.In, view);

    private static AddedZone Zone(string name, string view, string file) =>
        new(Key(name, view), $"zone \"{name}\" {{ type primary; file \"{file}\"; }};", DateTimeOffset.UnixEpoch);

    private async Task PutAsync(string name, string view, string file = "db") =>
        Assert.True((await PutResultAsync(name, view, file)).IsDone);

    private ValueTask<StoreResult<bool>> PutResultAsync(string name, string view, string file) =>
        _files.PutAsync(Zone(name, view, file), Cancelled);

    private async Task<string[]> NamesAsync() =>
        [.. (await _files.ListAsync(Cancelled)).Value!.Select(zone => zone.Key.Name.ToLogString())];
}
