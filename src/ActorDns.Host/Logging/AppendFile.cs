using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.Host.Logging;

/// <summary>
/// Opens a file so that every write goes to its end, wherever that is by then (O_APPEND): somebody may copy and truncate it meanwhile.
/// </summary>
internal static partial class AppendFile
{
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const uint Permissions = 0x1A4; // rw-r--r--, less the umask

    /// <summary>Opens or creates the file.</summary>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        SafeFileHandle handle = OpenFile(path, WriteOnly | Create | Append | CloseOnExec, Permissions);
        if (!handle.IsInvalid)
            return handle;
        string reason = Marshal.GetLastPInvokeErrorMessage();
        handle.Dispose();
        throw new IOException($"{path}: {reason}");
    }

    /// <summary>Writes at the end.</summary>
    public static void Write(SafeFileHandle handle, ReadOnlySpan<byte> octets) =>
        RandomAccess.Write(handle, octets, RandomAccess.GetLength(handle));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags, uint mode);
}
