namespace ActorDns.Configuration.Model;

/// <summary>The value of <c>version</c>, <c>hostname</c> or <c>server-id</c>.</summary>
public sealed record Identity(IdentitySource Source, string Text)
{
    /// <summary>The built-in value.</summary>
    public static Identity BuiltIn { get; } = new(IdentitySource.BuiltIn, "");

    /// <summary>No answer.</summary>
    public static Identity Disabled { get; } = new(IdentitySource.Disabled, "");
}
