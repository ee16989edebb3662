using ActorDns.Kernel;

namespace ActorDns.Actors.Keys;

/// <summary>What the key registry can be told.</summary>
public abstract record KeyCommand
{
    private KeyCommand()
    {
    }

    /// <summary>The timer: looks whether there is something new or due.</summary>
    public sealed record Poll : KeyCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly Poll Instance = new();
    }

    /// <summary>The timer: writes who has used keys.</summary>
    public sealed record WriteUses : KeyCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly WriteUses Instance = new();
    }

    /// <summary>Keys have changed in the store, or the cluster secret in its file: reads both again.</summary>
    public sealed record Changed : KeyCommand;

    /// <summary>An operator's request.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="Reply">Gets the answer.</param>
    public sealed record Run(KeyRequest Request, ReplyTo<KeyAnswer> Reply) : KeyCommand;
}
