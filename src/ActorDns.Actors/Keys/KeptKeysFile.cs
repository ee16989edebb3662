namespace ActorDns.Actors.Keys;

/// <summary>
/// The file in which a node keeps what the registry told it last (<see cref="KeptKeys"/>). Its owner alone may read it, and it is replaced
/// whole. One object for the life of the process, for one user at a time.
/// </summary>
/// <param name="path">Where it is.</param>
public sealed class KeptKeysFile(string path)
{
    private const int LongestBytes = 64 * 1024 * 1024;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>True when there is one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>
    /// True once the registry was read in this process: what is in the file may then be older than what was published.
    /// </summary>
    public bool IsOvertaken { get; set; }

    /// <summary>
    /// Reads it; null when there is none, and then the reason is empty, or when it cannot be used, with the reason in words.
    /// </summary>
    /// <param name="sealer">What the file must have been written with; null when there is no cluster secret.</param>
    /// <param name="problem">Why there is no cluster secret.</param>
    /// <param name="reason">Why the file is not used, and what to do.</param>
    public KeptKeys? Read(KeySealer? sealer, string problem, out string reason)
    {
        reason = "";
        if (!Exists)
            return null;
        if (sealer is null)
        {
            reason = $"there is no cluster secret to open it with ({problem}): mend that, then rndc reconfig";
            return null;
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > LongestBytes)
            {
                reason = $"it is longer than {LongestBytes} octets: delete it, this program did not write it";
                return null;
            }

            byte[] text = new byte[stream.Length];
            stream.ReadExactly(text);
            return KeptKeys.Read(text, sealer, out reason);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = $"it cannot be read ({failure.Message}): let the server's user read it, then rndc reconfig";
            return null;
        }
    }

    /// <summary>Replaces it, durably: who reads it finds the old content or the new one, whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Write(KeptKeys keys, KeySealer sealer)
    {
        ArgumentNullException.ThrowIfNull(keys);
        string temporary = $"{path}.{Environment.ProcessId:x}.new";
        FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            File.Delete(temporary); // Of a process that died with the same number; its mode may be another.
            using (FileStream stream = new(temporary, create))
            {
                stream.Write(keys.ToUtf8(sealer));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes it, because the registry has nothing that would have to be kept.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Delete() => File.Delete(path);
}
