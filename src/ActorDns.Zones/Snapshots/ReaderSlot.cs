using System.Diagnostics;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// One thread's place in <see cref="ReaderEpochs"/>. Between <see cref="Enter"/> and <see cref="Exit"/> every snapshot that the thread
/// takes from where it is published, and every view into it, stays valid. Never wait in between.
/// </summary>
public sealed class ReaderSlot : IDisposable
{
    // The word in use has a cache line of its own on either side, two where lines are fetched in pairs.
    private const int PaddingWords = 16;

    private readonly ReaderEpochs _epochs;
    private readonly long[] _words = new long[(2 * PaddingWords) + 1];

    internal ReaderSlot(ReaderEpochs epochs) => _epochs = epochs;

    /// <summary>The epoch that the thread is in, 0 for none.</summary>
    internal long Entered => Volatile.Read(ref _words[PaddingWords]);

    /// <summary>Begins a turn; read what is published after it, not before.</summary>
    public void Enter()
    {
        Debug.Assert(_words[PaddingWords] == 0);
        // The fence keeps the reads of this turn behind the announcement; without it the writer could miss both.
        Interlocked.Exchange(ref _words[PaddingWords], _epochs.Current);
    }

    /// <summary>Ends a turn.</summary>
    public void Exit()
    {
        Debug.Assert(_words[PaddingWords] != 0);
        Volatile.Write(ref _words[PaddingWords], 0);
    }

    /// <summary>Gives the slot back; an open turn ends.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _words[PaddingWords], 0);
        _epochs.Forget(this);
    }
}
