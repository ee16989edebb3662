using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>What the recorder of refusals can be told.</summary>
internal abstract record RefusalCommand
{
    private RefusalCommand()
    {
    }

    /// <summary>Keeps a refusal.</summary>
    /// <param name="Refusal">Everything, but for an UPDATE without its content.</param>
    /// <param name="Update">The UPDATE that was refused; empty for other requests.</param>
    internal sealed record Keep(Refusal Refusal, ReadOnlyMemory<byte> Update) : RefusalCommand;

    /// <summary>Writes what has come together.</summary>
    internal sealed record Write : RefusalCommand
    {
        internal static readonly Write Instance = new();
    }
}
