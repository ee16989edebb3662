using System.Globalization;

namespace ActorDns.Kernel;

/// <summary>The actors under one parent, by name. Its lock guards the table only; no user code runs under it.</summary>
internal sealed class ChildTable
{
    private const char GeneratedPrefix = '$';
    private readonly Lock _gate = new();
    private Dictionary<string, ActorCell>? _cells;
    private long _generated;
    private bool _closed;

    public string GenerateName() =>
        string.Create(CultureInfo.InvariantCulture, $"{GeneratedPrefix}{Interlocked.Increment(ref _generated)}");

    public static bool IsGenerated(string name) => name.StartsWith(GeneratedPrefix);

    public void Add(ActorCell cell)
    {
        lock (_gate)
        {
            if (_closed)
                throw new InvalidOperationException($"{cell.Path} cannot start: its parent is stopping.");
            if (!(_cells ??= []).TryAdd(cell.Name, cell))
                throw new InvalidOperationException($"{cell.Path} exists already.");
        }
    }

    public void Remove(ActorCell cell)
    {
        lock (_gate)
            _cells?.Remove(cell.Name);
    }

    public List<ActorCell> Snapshot()
    {
        lock (_gate)
            return _cells is null ? [] : [.. _cells.Values];
    }

    /// <summary>Refuses new actors from now on and gives those there are.</summary>
    public List<ActorCell> Close()
    {
        lock (_gate)
        {
            _closed = true;
            return _cells is null ? [] : [.. _cells.Values];
        }
    }
}
