namespace ActorDns.Storage.Contracts;

/// <summary>Which refusals are asked for; what is null does not restrict.</summary>
public sealed record RefusalFilter
{
    /// <summary>Only of this zone, as <see cref="Refusal.Zone"/> holds it.</summary>
    public string? Zone { get; init; }

    /// <summary>Only signed by this key, without regard to case.</summary>
    public string? KeyName { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>At most so many, the newest.</summary>
    public int LimitEntries { get; init; } = 100;
}
