using System.Security.Cryptography;
using System.Text;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Added zones in one file per view, <c>VIEW.nzf</c>, a zone statement a line: the text form that BIND reads and writes too.
/// </summary>
/// <param name="directory">Where the files are.</param>
public sealed class AddedZoneFiles(string directory) : IAddedZones
{
    private const string Head = "# Zones added by rndc addzone; written by the server, do not edit while it runs.\n";

    /// <summary>The file of a view.</summary>
    public string PathOf(string view) => Path.Combine(directory, FileNameOf(view));

    /// <inheritdoc/>
    public IReadOnlyList<AddedZone> Read(string view)
    {
        string path = PathOf(view);
        if (!File.Exists(path))
            return [];
        List<AddedZone> zones = [];
        foreach (Statement statement in ZoneStatements.Read(path, new FileConfigSource(directory)))
        {
            if (DomainName.TryParse(statement.Text, DomainName.Root, out DomainName name))
                zones.Add(new AddedZone(name, statement.PrintOneLine()));
        }

        return zones;
    }

    /// <inheritdoc/>
    public void Write(string view, IReadOnlyList<AddedZone> zones)
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
