namespace ActorDns.Flood.Scenarios;

/// <summary>One figure that a scenario gives for each server and round.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="IsLowerBetter">Whether less is better.</param>
internal sealed record Metric(string Name, string Unit, bool IsLowerBetter)
{
    /// <summary>What ours divided by the best of the others is to be: at most, or at least when more is better; null when it is only shown.</summary>
    public double? Target { get; init; }

    /// <summary>Digits after the point in tables.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>Whether a ratio of ours to the best of the others is good enough.</summary>
    public bool IsMet(double ratio) => Target is { } target && (IsLowerBetter ? ratio <= target : ratio >= target);
}
