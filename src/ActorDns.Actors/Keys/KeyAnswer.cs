using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>What the registry answers an operator.</summary>
/// <param name="IsDone">True when what was asked was done.</param>
/// <param name="Text">What was done, or why not, in words without secrets.</param>
public sealed record KeyAnswer(bool IsDone, string Text)
{
    /// <summary>True when there is no such key.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The key that was asked for, with its secret.</summary>
    public RegisteredKey? Key { get; init; }

    /// <summary>The whole registry.</summary>
    public KeyReport? Report { get; init; }

    internal static KeyAnswer Done(string text) => new(true, text);

    internal static KeyAnswer Refused(string text) => new(false, text);

    internal static KeyAnswer Unknown(string name) => new(false, $"there is no key '{name}' in the registry") { IsUnknown = true };
}
