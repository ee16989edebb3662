using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Commands;

/// <summary>The file with the process number (<c>pid-file</c>), removed at an orderly stop.</summary>
internal sealed class PidFile : IDisposable
{
    private readonly string? _path;

    private PidFile(string? path) => _path = path;

    /// <summary>Writes it; null writes none, and a failure is logged and stops nothing.</summary>
    public static PidFile Write(string? path, ILogger log)
    {
        if (path is null)
            return new PidFile(null);
        try
        {
            File.WriteAllText(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return new PidFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.CannotWritePidFile(log, path, failure.Message);
            return new PidFile(null);
        }
    }

    public void Dispose()
    {
        if (_path is not null)
            File.Delete(_path);
    }
}
