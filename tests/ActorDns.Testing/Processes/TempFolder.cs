namespace ActorDns.Testing.Processes;

/// <summary>A folder of its own for one test, gone with it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => FullPath = Directory.CreateTempSubdirectory("actordns-test-").FullName;

    public string FullPath { get; }

    /// <summary>The path of something inside; folders on the way are made.</summary>
    public string this[string relative]
    {
        get
        {
            string path = Path.Combine(FullPath, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string relative, string text)
    {
        string path = this[relative];
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
