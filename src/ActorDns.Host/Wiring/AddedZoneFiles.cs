using System.Security.Cryptography;
using System.Text;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Added zones in one file per view, <c>VIEW.nzf</c>, a zone statement a line: the text form that BIND reads and writes too. One writer at
/// a time; a file is replaced as a whole. The time of a zone is that of its file.
/// </summary>
/// <param name="directory">Where the files are.</param>
/// <param name="views">Names of the views.</param>
public sealed class AddedZoneFiles(string directory, IReadOnlyList<string> views) : IAddedZones
{
    private const string Head = "# Zones added by rndc addzone; written by the server, do not edit while it runs.\n";

    /// <summary>The file of a view.</summary>
    public string PathOf(string view) => Path.Combine(directory, FileNameOf(view));

    /// <summary>The files that are there.</summary>
    public IEnumerable<string> Existing => views.Select(PathOf).Where(File.Exists);

    /// <inheritdoc/>
    public ValueTask<StoreResult<bool>> PutAsync(AddedZone zone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return ValueTask.FromResult(Try(() =>
        {
            Write(zone.Key.View, [.. Read(zone.Key.View).Where(known => known.Key != zone.Key), zone]);
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<StoreResult<bool>> RemoveAsync(ZoneKey key, CancellationToken cancellation) => ValueTask.FromResult(Try(() =>
    {
        List<AddedZone> zones = Read(key.View);
        bool wasThere = zones.RemoveAll(known => known.Key == key) > 0;
        if (wasThere)
            Write(key.View, zones);
        return wasThere;
    }));

    /// <inheritdoc/>
    public ValueTask<StoreResult<IReadOnlyList<AddedZone>>> ListAsync(CancellationToken cancellation) => ValueTask.FromResult(
        Try<IReadOnlyList<AddedZone>>(() =>
        [
            .. views.Order(StringComparer.Ordinal)
                .SelectMany(view => Read(view).OrderBy(zone => zone.Key.Name.ToLogString(), StringComparer.Ordinal)),
        ]));

    private static StoreResult<T> Try<T>(Func<T> action)
    {
        try
        {
            return new StoreResult<T>(action());
        }
        catch (InvalidDataException failure)
        {
            return new StoreResult<T>(StoreStatus.Corrupt, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new StoreResult<T>(StoreStatus.Unavailable, failure.Message);
        }
    }

    private List<AddedZone> Read(string view)
    {
        string path = PathOf(view);
        if (!File.Exists(path))
            return [];
        DateTimeOffset time = File.GetLastWriteTimeUtc(path);
        List<AddedZone> zones = [];
        foreach (Statement statement in ZoneStatements.Read(path, new FileConfigSource(directory)))
        {
            if (DomainName.TryParse(statement.Text, DomainName.Root, out DomainName name))
                zones.Add(new AddedZone(new ZoneKey(name, RecordClass.In, view), statement.PrintOneLine(), time));
        }

        return zones;
    }

    private void Write(string view, List<AddedZone> zones)
    {
        string path = PathOf(view);
        if (zones.Count == 0)
        {
            File.Delete(path);
            return;
        }

        string next = path + ".new";
        using (FileStream file = new(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(Head + string.Concat(zones.Select(zone => zone.Statement + "\n"))));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>A view's name may hold what a file's may not; such a view's file is named by its hash.</summary>
    private static string FileNameOf(string view) =>
        (view.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? view
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(view)))) + ".nzf";
}
