using ActorDns.Protocol.Security;

namespace ActorDns.Host.Keys;

/// <summary>Writes a key as other programs read it. Each text holds the secret.</summary>
internal static class KeyFormat
{
    /// <summary>The formats' names.</summary>
    public static readonly string[] Names = ["named", "knot", "nsd", "pdns", "nsupdate"];

    /// <summary>What begins a comment in a format.</summary>
    public static string Comment(string format) => format switch
    {
        "pdns" => "-- ",
        "nsupdate" => "; ",
        _ => "# ",
    };

    /// <summary>The key.</summary>
    public static string Of(string format, TsigKey key)
    {
        string name = key.Name.ToLogString();
        string algorithm = key.Algorithm.Name;
        string secret = key.Secret.ToBase64();
        return format switch
        {
            "named" => TsigText.FormatKeyClause(key),
            "knot" => $"key:\n  - id: {name}.\n    algorithm: {algorithm}\n    secret: {secret}\n",
            "nsd" => $"key:\n\tname: \"{name}\"\n\talgorithm: {algorithm}\n\tsecret: \"{secret}\"\n",
            "pdns" => $"INSERT INTO tsigkeys (name, algorithm, secret) VALUES ('{Sql(name)}', '{algorithm}', '{secret}');\n",
            "nsupdate" => $"key {algorithm}:{name} {secret}\n",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    private static string Sql(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
