using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Flood.Servers;

/// <summary>The key that all servers know: made for measuring, and no secret.</summary>
internal static class BenchmarkKey
{
    /// <summary>Name of the key.</summary>
    public const string Name = "benchmark-key";

    /// <summary>The secret in Base64; HMAC-SHA256.</summary>
    public const string Secret = "c2VjcmV0IG9mIHRoZSBiZW5jaG1hcmsga2V5LCAzMiE=";

    /// <summary>The key, to sign with.</summary>
    public static TsigKey Key { get; } =
        new(DomainName.Parse(Name + "."), TsigAlgorithm.HmacSha256, new TsigSecret(Convert.FromBase64String(Secret)));
}
