using System.Security.Cryptography;
using System.Text;
using ActorDns.Actors.Keys;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The file with the cluster secret: base64, one secret a line, the first of which seals. It is what <c>ClusterSecretFile</c> names, looked
/// for among the credentials that systemd hands over first and beside the settings otherwise; without the setting a node with a store of
/// its own makes <c>cluster.secret</c> beside that.
/// </summary>
/// <param name="configured">Value of the setting; null when it is not set.</param>
/// <param name="settingsFolder">Where the settings are.</param>
/// <param name="ownFile">The file that this node may make; null for a store that nodes share.</param>
internal sealed class ClusterSecretFile(string? configured, string settingsFolder, string? ownFile)
{
    /// <summary>Name of the file that a single node makes.</summary>
    public const string OwnName = "cluster.secret";

    private const int MadeBytes = 32;
    private const int MaxFileBytes = 64 * 1024;
    private const UnixFileMode Strangers =
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;

    /// <summary>Reads the file, or makes it; a <see cref="SealerSource"/>.</summary>
    public KeySealer? Read(bool mayMake, out string problem)
    {
        string? file = configured is null ? ownFile : Find(configured);
        if (file is null)
        {
            problem = "nodes that share a store need the setting ClusterSecretFile: registered keys are sealed with what is in that file";
            return null;
        }

        try
        {
            if (mayMake && configured is null && !File.Exists(file))
                Make(file);
            return Parse(file, out problem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"{file}: {failure.Message}";
            return null;
        }
    }

    private string Find(string name)
    {
        string? credentials = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        string inCredentials = Path.Combine(credentials ?? settingsFolder, name);
        return File.Exists(inCredentials) ? inCredentials : Path.GetFullPath(name, settingsFolder);
    }

    private static KeySealer? Parse(string file, out string problem)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Strangers) != 0)
        {
            problem = $"{file}: others may read or write it: chmod 0600, and make a new secret if somebody may have read this one";
            return null;
        }

        using StreamReader text = new(stream, Encoding.ASCII);
        char[] buffer = new char[MaxFileBytes];
        int length = text.ReadBlock(buffer);
        List<byte[]> secrets = [];
        foreach (ReadOnlySpan<char> line in buffer.AsSpan(0, length).EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] == '#')
                continue;
            byte[] octets = new byte[trimmed.Length];
            if (!Convert.TryFromBase64Chars(trimmed, octets, out int written) || written < KeySealer.LeastSecretBytes)
            {
                problem = $"{file}: each line needs a secret of {KeySealer.LeastSecretBytes} octets or more in base64";
                return null;
            }

            secrets.Add(octets[..written]);
        }

        problem = secrets.Count == 0 ? $"{file}: there is no secret in it" : "";
        return secrets.Count == 0 ? null : new KeySealer(secrets);
    }

    /// <summary>Makes a file with a new secret, which its owner alone may read.</summary>
    /// <exception cref="IOException">It cannot be written, or is there already.</exception>
    public static void Make(string file)
    {
        FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string made = $"{file}.{Environment.ProcessId}";
        using (FileStream stream = new(made, create))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MadeBytes)) + "\n"));
            stream.Flush(flushToDisk: true); // What it seals must not outlive it.
        }

        File.Move(made, file, overwrite: false);
    }
}
