namespace ActorDns.Host.Tests;

/// <summary>A folder of one test's own.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("actordns-host-").FullName;

    public string File(string name) => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string[] Lines(string name) => System.IO.File.ReadAllLines(File(name));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
