using System.Globalization;
using ActorDns.Configuration.Model;

namespace ActorDns.Host.Logging;

/// <summary>Moves a full log file out of the way and forgets the oldest: <c>.0</c> is the youngest, or the time is the name.</summary>
internal sealed class FileRoller(string path, int? versions, LogSuffix suffix, TimeProvider clock)
{
    /// <summary>True when old files are kept.</summary>
    public bool Keeps => versions is null or > 0;

    /// <summary>Renames the file. Nothing must be writing to it.</summary>
    public void Roll()
    {
        if (!File.Exists(path))
            return;
        if (suffix == LogSuffix.Timestamp)
            RollByTime();
        else
            RollByNumber();
    }

    private void RollByNumber()
    {
        int last = 0;
        while ((versions is null || last < versions - 1) && File.Exists(Numbered(last)))
            last++;
        for (int i = last; i > 0; i--)
        {
            if (File.Exists(Numbered(i - 1)))
                File.Move(Numbered(i - 1), Numbered(i), overwrite: true);
        }

        File.Move(path, Numbered(0), overwrite: true);
    }

    private void RollByTime()
    {
        if (versions is { } most)
        {
            string[] old = [.. Siblings().Order(StringComparer.Ordinal)];
            foreach (string file in old.Take(Math.Max(0, old.Length - most + 1)))
                File.Delete(file);
        }

        DateTimeOffset now = clock.GetUtcNow();
        string target;
        do
        {
            target = string.Create(CultureInfo.InvariantCulture, $"{path}.{now:yyyyMMddHHmmssfff}");
            now += TimeSpan.FromMilliseconds(1);
        }
        while (File.Exists(target));
        File.Move(path, target);
    }

    private IEnumerable<string> Siblings()
    {
        string name = Path.GetFileName(path) + ".";
        return Directory.EnumerateFiles(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".", name + "*")
            .Where(file => Path.GetFileName(file) is var found
                && found.Length > name.Length // A pattern that ends in .* matches the name without a dot, too.
                && found[name.Length..].All(char.IsAsciiDigit));
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
