using ActorDns.Flood.Scenarios;

namespace ActorDns.Flood.Running;

/// <summary>What a run measures, and how long.</summary>
internal sealed record RunOptions
{
    /// <summary>Where servers have their files: on a disk, for a sync must reach one.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the dated files go.</summary>
    public required string Results { get; init; }

    /// <summary>The published program.</summary>
    public required string Published { get; init; }

    /// <summary>Scenarios by name, or a part of it; all when empty.</summary>
    public string[] Scenarios { get; init; } = [];

    /// <summary>Servers by name; all when empty. Ours is always among them.</summary>
    public string[] Servers { get; init; } = [];

    /// <summary>Measurements of each server in each scenario.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Length of a measurement.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Length of the load before the first measurement.</summary>
    public int WarmSeconds { get; init; } = 5;

    /// <summary>True when servers and clients share all cores; else servers have core 0 and clients the others.</summary>
    public bool IsUnpinned { get; init; }

    /// <summary>How large the zones are.</summary>
    public RunSizes Sizes { get; init; } = new(100_000, 666_667, 10_000);

    /// <summary>Cores that a server may use.</summary>
    public int Cores => IsUnpinned ? Environment.ProcessorCount : 1;
}
