using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Searches for the names of a whole batch before its first request is answered, all in step, so that the memory of one arrives while the
/// others search. It is a guess of what the pipeline will want: the first view, class IN, the zone of the question. The pipeline
/// decides for itself and takes a result only when it has come to the same snapshot.
/// </summary>
internal sealed class SearchAhead : IDisposable
{
    /// <summary>In a smaller batch there is too little to overlap.</summary>
    private const int LeastRequests = 4;

    private readonly ZoneSnapshot?[] _snapshots = new ZoneSnapshot?[TreeSearchBatch.MaxSearches];
    private readonly byte[] _numbers = new byte[TreeSearchBatch.MaxSearches];
    private bool _isWorthwhile;
    private bool _isPending;

    /// <summary>The results, by the number that <see cref="TryFind"/> gives.</summary>
    public TreeSearchBatch Searches { get; } = new();

    /// <summary>Forgets the previous batch.</summary>
    public void Begin(int requests)
    {
        Searches.Clear();
        Array.Clear(_snapshots);
        _isWorthwhile = requests >= LeastRequests;
        _isPending = false;
    }

    /// <summary>Adds the search for the question of a request; one that cannot be guessed is left to the pipeline.</summary>
    public void Add(int index, ReadOnlySpan<byte> message, ServingState state)
    {
        if (!_isWorthwhile || index >= _snapshots.Length || state.Views.Views.Count != 1
            || MessageScan.TryScanQuestion(message, out MessageLayout layout) != ParseError.None
            || !layout.HasQuestion || layout.QuestionClass != RecordClass.In)
        {
            return;
        }

        ReadOnlySpan<byte> name = layout.QuestionName(message);
        ServedZone? zone = state.Views.Views[0].Zones.FindEnclosing(name, layout.QuestionType == RecordType.Ds);
        if (zone?.Published.Current is not { } snapshot)
            return;
        _snapshots[index] = snapshot;
        _numbers[index] = (byte)Searches.Add(snapshot.Names, name);
        _isPending = true;
    }

    /// <summary>The number of the search for a request's question in a snapshot; false when it was not made in that one.</summary>
    public bool TryFind(int index, ZoneSnapshot snapshot, out int number)
    {
        number = 0;
        if ((uint)index >= (uint)_snapshots.Length || _snapshots[index] != snapshot)
            return false;
        if (_isPending)
            Searches.Run();
        _isPending = false;
        number = _numbers[index];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Searches.Dispose();
}
