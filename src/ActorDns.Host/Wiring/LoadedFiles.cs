using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Text;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Reads a zone's master files and remembers which they were and how old, so that an unchanged zone need not be read again.
/// </summary>
/// <param name="source">Reads the files.</param>
/// <param name="resolve">Makes a path absolute.</param>
internal sealed class LoadedFiles(IMasterFileSource source, Func<string, string> resolve) : IMasterFileSource
{
    private readonly Lock _gate = new();
    private readonly List<(string Path, DateTime Modified)> _files = [];

    /// <summary>The files of the last load, as they were named.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
                return [.. _files.Select(file => file.Path)];
        }
    }

    /// <summary>When the newest file of the last load was changed before it was read (UTC); null before the first load.</summary>
    public DateTime? Modified
    {
        get
        {
            lock (_gate)
                return _files.Count == 0 ? null : _files.Max(file => file.Modified);
        }
    }

    /// <summary>True when the files of the last load have not been changed since.</summary>
    public bool AreCurrent
    {
        get
        {
            lock (_gate)
                return _files.Count > 0 && _files.TrueForAll(file => File.GetLastWriteTimeUtc(resolve(file.Path)) == file.Modified);
        }
    }

    /// <summary>Forgets the last load; a new one begins.</summary>
    public void Begin()
    {
        lock (_gate)
            _files.Clear();
    }

    /// <inheritdoc/>
    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        if (!source.TryOpen(path, out content, out reason))
            return false;

        // The time of what was opened, before it is read: another file in its place, or a change from now on, is seen as one.
        DateTime modified = content is FileStream file
            ? File.GetLastWriteTimeUtc(file.SafeFileHandle)
            : File.GetLastWriteTimeUtc(resolve(path));
        lock (_gate)
            _files.Add((path, modified));
        return true;
    }
}
