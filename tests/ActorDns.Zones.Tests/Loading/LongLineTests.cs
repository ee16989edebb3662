using ActorDns.Protocol.Names;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Lines of 64 KiB and more, longer than the part of a file that is in memory, given to BIND's tools and to this loader.</summary>
public sealed class LongLineTests
{
    private const string Head = "$TTL 300\n@ SOA ns hostmaster 1 7200 900 1209600 300\n@ NS ns\nns A 192.0.2.1\n";

    public static TheoryData<string, bool> Lines => new()
    {
        { "comment", true },
        { "blanks", true },
        { "strings", true },
        { "most RDATA", true },
        { "too much RDATA", false },
        { "one string", false },
        { "owner", false },
        { "hex", true },
        { "most hex", true },
        { "too much hex", false },
        { "parentheses", true },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Long_line_is_taken_or_refused_as_by_named_compilezone(string line, bool isGood)
    {
        string folder = Directory.CreateTempSubdirectory("zone").FullName;
        File.WriteAllText(Path.Combine(folder, "db"), Head + TextOf(line) + "\nlast A 192.0.2.9\n");
        (int exitCode, string expected, string messages) = NamedZoneTool.Compile(
            folder, "-i", "local", "-f", "text", "-F", "text", "-s", "full", "-o", "-", "example.com", "db");

        ZoneLoadResult result = ZoneLoader.Load(
            DomainName.Parse("example.com."), "db", new DiskSource(folder), new ZoneCheckOptions { Names = CheckLevel.Warn });
        Directory.Delete(folder, recursive: true);
        StringWriter dump = new();
        if (result.Snapshot is { } zone)
        {
            ZoneFileWriter.Write(zone, dump, ZoneFileStyle.Full);
            SnapshotReclaimer.Discard(zone);
        }

        Assert.True(exitCode == 0 == isGood, messages);
        Assert.Equal(isGood, result.IsLoaded);
        Assert.Equal(isGood ? expected : "", dump.ToString());
    }

    /// <summary>A record with 65,513 octets of RDATA fits in no message; BIND keeps 65,510 at most.</summary>
    private static string TextOf(string line) => line switch
    {
        "comment" => "a A 192.0.2.2 ;" + new string('x', 70_000),
        "blanks" => "a" + new string(' ', 70_000) + "A 192.0.2.2",
        "strings" => "a TXT" + Strings(255),
        "most RDATA" => "a TXT" + Strings(255) + $" \"{new string('y', 229)}\"",
        "too much RDATA" => "a TXT" + Strings(255) + $" \"{new string('y', 232)}\"",
        "one string" => "a TXT " + new string('x', 65_536),
        "owner" => new string('x', 65_536) + " A 192.0.2.2",
        "hex" => "a TYPE65280 \\# 60000 " + string.Concat(Enumerable.Repeat("ab ", 60_000)),
        "most hex" => "a TYPE65280 \\# 65510 " + string.Concat(Enumerable.Repeat("ab", 65_510)),
        "too much hex" => "a TYPE65280 \\# 65513 " + string.Concat(Enumerable.Repeat("ab", 65_513)),
        _ => "a TXT (" + string.Concat(Enumerable.Repeat(" ; between\n", 10_000)) + " x )",
    };

    private static string Strings(int count) => string.Concat(Enumerable.Repeat($" \"{new string('x', 255)}\"", count));
}
