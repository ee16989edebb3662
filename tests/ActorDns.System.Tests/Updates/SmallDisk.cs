using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>A file system in memory of limited size; only root can make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder) => _folder = folder;

    public string Folder => _folder.FullPath;

    public static async Task<SmallDisk> MountAsync(string size)
    {
        SmallDisk disk = new(new TempFolder());
        (await Tool.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk.Folder)).OrThrow();
        return disk;
    }

    public async Task ResizeAsync(string size) => (await Tool.RunAsync("mount", "-o", $"remount,size={size}", Folder)).OrThrow();

    public void Dispose()
    {
        Tool.RunAsync("umount", "-l", Folder).GetAwaiter().GetResult().OrThrow();
        _folder.Dispose();
    }
}
