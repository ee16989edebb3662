namespace ActorDns.Host.Logging;

/// <summary>Whether standard error is systemd's journal.</summary>
internal static class Journal
{
    /// <summary>
    /// True when <c>$JOURNAL_STREAM</c> (device:inode) names the very stream that standard error is; a redirection makes it false.
    /// </summary>
    public static bool IsStandardError(string? journalStream)
    {
        int colon = journalStream?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (journalStream is null || colon < 0 || !OperatingSystem.IsLinux())
            return false;
        try
        {
            string? target = File.ResolveLinkTarget("/proc/self/fd/2", returnFinalTarget: false)?.Name;
            return target is not null && target.EndsWith($":[{journalStream[(colon + 1)..]}]", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
