using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>What the configuration says to a zone's writer.</summary>
public sealed record ZoneSettings
{
    /// <summary>The zone as logs name it, <c>example.com/IN</c> with the view's name behind.</summary>
    public required string LogName { get; init; }

    /// <summary>Where the zone is configured, <c>file:line</c>.</summary>
    public string Position { get; init; } = "";

    /// <summary>The master file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>How the file is written back.</summary>
    public ZoneFileStyle FileStyle { get; init; } = ZoneFileStyle.Relative;

    /// <summary>Which checks the file goes through.</summary>
    public ZoneCheckOptions Checks { get; init; } = new();

    /// <summary>True when updates may change the zone, so that the store and not the file has its content.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>True when the zone's content comes from a primary.</summary>
    public bool IsSecondary { get; init; }

    /// <summary>True when the file follows what is served.</summary>
    public bool IsWrittenBack => File is not null && (IsDynamic || IsSecondary);

    /// <summary>Who may change what.</summary>
    public UpdateSettings Updates { get; init; } = new();

    /// <summary>How long a change waits before the file is written.</summary>
    public TimeSpan WriteBackDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How much of the journal is kept.</summary>
    public RetentionPolicy Retention { get; init; } = new();
}
