namespace ActorDns.Server.Views;

/// <summary>Server cookies of this node and its siblings (RFC 9018).</summary>
public sealed class CookieSettings
{
    /// <summary>Secrets of 16 octets: the first makes cookies, all verify them.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Secrets { get; init; }

    /// <summary>True answers UDP clients without a good cookie with BADCOOKIE (<c>require-server-cookie</c>, RFC 7873 §5.2.3).</summary>
    public bool IsRequired { get; init; }
}
