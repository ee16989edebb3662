using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Wiring;

/// <summary>Finds keys whose secret stands in a file that every user of the machine may read.</summary>
internal static class OpenKeyFiles
{
    /// <summary>The keys, each with the place of its definition.</summary>
    public static IEnumerable<(string Key, SourcePosition Position)> In(NamedConfiguration configuration) =>
        from key in configuration.Keys.Concat(configuration.Views.SelectMany(view => view.Keys))
        where MayEverybodyRead(key.Position.File)
        select (key.Name.ToLogString(), key.Position);

    private static bool MayEverybodyRead(string file)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // Gone since it was read, or no file at all.
        }
    }
}
