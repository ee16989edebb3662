using System.Collections.Immutable;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>The file with the key that rndc and the server share when nothing else is configured.</summary>
internal static class ControlKeyFile
{
    private const string KeyName = "rndc-key";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Reads the keys of a file; the reason never holds a secret.</summary>
    public static bool TryRead(string path, out IReadOnlyList<TsigKey> keys, out string reason)
    {
        keys = [];
        reason = "file not found";
        if (!File.Exists(path))
            return false;
        RndcConfiguration? read = RndcConfLoader.Load(
            Path.GetFullPath(path), new FileConfigSource("/"), out ImmutableArray<ConfigDiagnostic> diagnostics);
        reason = diagnostics.FirstOrDefault(found => found.FailsLoad)?.ToString() ?? $"{path}: no key in it";
        keys = [.. (read?.Keys ?? []).Select(ToKey)];
        return keys.Count > 0;
    }

    /// <summary>Makes the file with a fresh key, readable by owner and group; false when it cannot be made.</summary>
    public static bool TryCreate(string path, out string reason)
    {
        TsigAlgorithm algorithm = TsigAlgorithm.HmacSha256;
        TsigKey key = new(DomainName.Parse(KeyName + "."), algorithm, TsigSecret.CreateRandom(algorithm));
        reason = "";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = Mode;
            using FileStream file = new(path, options);
            using StreamWriter writer = new(file);
            writer.Write(TsigText.FormatKeyClause(key, KeyName));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure.Message;
            return false;
        }
    }

    /// <summary>A configured key as the protocol uses it; a policy of truncation means nothing here.</summary>
    public static TsigKey ToKey(KeyDefinition key) => new(key.Name, key.Algorithm, key.Secret);
}
