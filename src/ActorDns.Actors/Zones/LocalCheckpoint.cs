using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Says which version of a zone its file holds: with it a node can serve the file, read-only, when the store is away at start
/// (ARCHITECTURE §5.6). It stands beside the file, one line of words, and holds for exactly the octets that were written.
/// </summary>
/// <param name="Epoch">Epoch of the store that the version is in.</param>
/// <param name="Head">The zone's number in it, the version and its serial.</param>
/// <param name="CommitId">The group that made the version; null when that was not known.</param>
/// <param name="Hash">SHA-256 of the zone file.</param>
/// <param name="WrittenAt">When the file was written.</param>
/// <param name="ServedUntil">Until when a secondary may be served; null for other zones.</param>
public sealed record LocalCheckpoint(
    Guid Epoch, ZoneHead Head, Guid? CommitId, ReadOnlyMemory<byte> Hash, DateTimeOffset WrittenAt, DateTimeOffset? ServedUntil)
{
    private const string Title = "actordns-checkpoint-1";
    private const string None = "-";
    private const int LongestBytes = 1_024;
    private const int HashBytes = 32;

    /// <summary>Name of the state file of a zone file.</summary>
    public static string PathOf(string file) => $"{file}.state";

    /// <summary>Reads the one beside a zone file; null when there is none, or with a reason when it cannot be read.</summary>
    public static LocalCheckpoint? Read(string file, out string? reason)
    {
        reason = null;
        FileInfo info = new(PathOf(file));
        if (!info.Exists)
            return null;
        try
        {
            if (info.Length <= LongestBytes && TryParse(File.ReadAllText(info.FullName), out LocalCheckpoint? checkpoint))
                return checkpoint;
            reason = $"{info.Name} is not the state of a zone file";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure.Message;
        }

        return null;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out LocalCheckpoint? checkpoint)
    {
        checkpoint = null;
        if (line.TrimEnd('\n').Split(' ') is not
            [Title, var epoch, var zone, var version, var serial, var commit, var hash, var written, var until])
        {
            return false;
        }

        Guid commitId = default;
        DateTimeOffset servedUntil = default;
        if (!Guid.TryParse(epoch, out Guid epochId)
            || !long.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out long zoneId)
            || !long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number == 0
            || !uint.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out uint serialNumber)
            || commit != None && !Guid.TryParse(commit, out commitId)
            || hash.Length != HashBytes * 2 || !hash.All(char.IsAsciiHexDigit)
            || !TryParseTime(written, out DateTimeOffset writtenAt)
            || until != None && !TryParseTime(until, out servedUntil))
        {
            return false;
        }

        checkpoint = new LocalCheckpoint(
            epochId,
            new ZoneHead(zoneId, number, new Serial(serialNumber)),
            commit == None ? null : commitId,
            Convert.FromHexString(hash),
            writtenAt,
            until == None ? null : servedUntil);
        return true;
    }

    /// <summary>True when it holds for the file that was read.</summary>
    public bool IsOf(ImportedFile? file) => file is not null && file.Hash.Span.SequenceEqual(Hash.Span);

    /// <summary>The line of words.</summary>
    public override string ToString()
    {
        string commit = CommitId?.ToString() ?? None;
        string until = ServedUntil?.ToString("O", CultureInfo.InvariantCulture) ?? None;
        string head = string.Create(CultureInfo.InvariantCulture, $"{Head.ZoneId} {Head.Version} {Head.Serial?.Value}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{Title} {Epoch} {head} {commit} {Convert.ToHexString(Hash.Span)} {WrittenAt:O} {until}\n");
    }

    private static bool TryParseTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
