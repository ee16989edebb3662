using System.Runtime.InteropServices;

namespace ActorDns.Zones.Tree;

/// <summary>Asks Linux to back big chunks with huge pages. A refusal costs speed only and is ignored.</summary>
internal static unsafe partial class HugePages
{
    private const int AdviseHugePage = 14;

    public static void Advise(void* address, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Madvise(address, bytes, AdviseHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* address, nuint length, int advice);
}
