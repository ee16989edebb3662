using System.Security.Cryptography;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The key that <c>nsupdate -l</c> finds in <c>session-keyfile</c>: made anew at each start, readable by the server's user only, gone at
/// the end.
/// </summary>
internal sealed class SessionKey : IDisposable
{
    private readonly string _file;

    private SessionKey(TsigKey key, string file)
    {
        Key = key;
        _file = file;
    }

    /// <summary>The key.</summary>
    public TsigKey Key { get; }

    /// <summary>Makes the key and writes it. Null when none is wanted, or when it cannot be written, which is said.</summary>
    /// <param name="options">Says where.</param>
    /// <param name="isUsed">True when some zone has <c>update-policy local</c>.</param>
    /// <param name="log">Category <c>general</c>.</param>
    public static SessionKey? Create(ServerOptions options, bool isUsed, ILogger log)
    {
        // The built-in place exists where BIND is installed; elsewhere its absence matters only to who uses the key.
        if (options.SessionKeyFile is { IsDefault: true, Value: { } usual } && !isUsed && !Directory.Exists(Path.GetDirectoryName(usual)))
            return null;
        if (options.SessionKeyFile.Value is not { } configured
            || !DomainName.TryParse(options.SessionKeyName.Value, DomainName.Root, out DomainName name)
            || TsigAlgorithm.All.FirstOrDefault(known => known.Name == options.SessionKeyAlgorithm.Value) is not { } algorithm)
        {
            return null;
        }

        string file = Path.GetFullPath(configured, options.Directory.Value);
        byte[] secret = RandomNumberGenerator.GetBytes(algorithm.DigestBytes);
        try
        {
            File.Delete(file);
            FileStreamOptions creation = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using StreamWriter text = new(new FileStream(file, creation));
            text.Write(
                $"key \"{name.ToLogString()}\" {{\n\talgorithm {algorithm.Name};\n\tsecret \"{Convert.ToBase64String(secret)}\";\n}};\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.SessionKeyNotWritten(log, file, failure.Message);
            return null;
        }

        return new SessionKey(new TsigKey(name, algorithm, new TsigSecret(secret)), file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The key dies with this process; its file is of no use to anybody.
        }
    }
}
