using System.Globalization;
using Spectre.Console;

namespace ActorDns.Host.Cluster;

/// <summary>Shows nodes: a table on a terminal, plain lines elsewhere, JSON for machines.</summary>
internal static class MemberTable
{
    /// <summary>The table.</summary>
    public static Table Of(IEnumerable<MemberRow> rows)
    {
        Table table = new Table().AddColumns("node", "addresses", "state", "seen", "lag", "zones", "updates/s", "version");
        foreach (MemberRow row in rows)
            table.AddRow([.. Cells(row).Select(cell => new Text(cell))]);
        return table;
    }

    /// <summary>One line, its columns parted by two blanks.</summary>
    public static string Line(MemberRow row) => string.Join("  ", Cells(row));

    private static string[] Cells(MemberRow row) =>
    [
        row.Node,
        string.Join(' ', row.Addresses),
        row.State,
        string.Create(CultureInfo.InvariantCulture, $"{row.SeenSeconds:0.0} s ago"),
        row.IsLagging ? "lagging" : "-",
        row.Zones.ToString("N0", CultureInfo.InvariantCulture),
        row.UpdatesPerSecond is { } rate ? rate.ToString("N0", CultureInfo.InvariantCulture) : "-",
        row.Version,
    ];
}
