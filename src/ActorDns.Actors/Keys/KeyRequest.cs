using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Keys;

/// <summary>What an operator asks of the registry.</summary>
public abstract record KeyRequest
{
    private KeyRequest()
    {
    }

    /// <summary>Makes a key with a random secret.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Algorithm">The configuration's word for the algorithm.</param>
    /// <param name="Options">Schedule and so on.</param>
    public sealed record Generate(DomainName Name, string Algorithm, KeyOptions Options) : KeyRequest;

    /// <summary>Takes keys that were made elsewhere.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="Replaces">The key that the only one given succeeds; null for keys of their own.</param>
    /// <param name="Options">Schedule and so on.</param>
    public sealed record Import(ImmutableArray<TsigKey> Keys, DomainName? Replaces, KeyOptions Options) : KeyRequest;

    /// <summary>Makes the successor of a key.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Algorithm">The successor's algorithm; null for the same.</param>
    /// <param name="SameName">True when the successor has the same name.</param>
    /// <param name="Options">Schedule and so on.</param>
    public sealed record Rotate(DomainName Name, string? Algorithm, bool SameName, KeyOptions Options) : KeyRequest;

    /// <summary>Signs with a pending key from now on.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Generation">Which; null for the pending one.</param>
    /// <param name="Force">True also when nodes do not know it.</param>
    public sealed record Activate(DomainName Name, int? Generation, bool Force) : KeyRequest;

    /// <summary>Ends a key that nobody uses.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Generation">Which; null for the retiring one.</param>
    /// <param name="Force">True also when somebody uses it.</param>
    public sealed record Retire(DomainName Name, int? Generation, bool Force) : KeyRequest;

    /// <summary>Ends a key at once, whoever uses it.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Generation">Which; null for the only live one.</param>
    public sealed record Revoke(DomainName Name, int? Generation) : KeyRequest;

    /// <summary>Gives a key out.</summary>
    /// <param name="Name">The key.</param>
    /// <param name="Generation">Which; null for the newest live one.</param>
    /// <param name="Peer">The server it is for, which is remembered; null for nobody in particular.</param>
    public sealed record Export(DomainName Name, int? Generation, NetAddress? Peer) : KeyRequest;

    /// <summary>Seals all secrets with the first of the cluster's secrets.</summary>
    public sealed record Reseal : KeyRequest;

    /// <summary>Tells all.</summary>
    public sealed record List : KeyRequest;
}
