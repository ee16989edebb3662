using ActorDns.Protocol.Names;

namespace ActorDns.Storage.Contracts;

/// <summary>Which entries an audit asks for; what is null does not restrict.</summary>
public sealed record JournalFilter
{
    /// <summary>Only this zone.</summary>
    public long? ZoneId { get; init; }

    /// <summary>Only changes of records at this name.</summary>
    public DomainName? Owner { get; init; }

    /// <summary>Only versions after this one, of <see cref="ZoneId"/>.</summary>
    public long? AfterVersion { get; init; }

    /// <summary>Only changes by this key, without regard to case.</summary>
    public string? KeyName { get; init; }

    /// <summary>Only this origin.</summary>
    public ChangeOrigin? Origin { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At most so many, the newest.</summary>
    public int LimitEntries { get; init; } = 100;
}
