using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.Server.Sockets;

/// <summary>Makes owned file descriptors out of what system calls return.</summary>
internal static class NativeDescriptor
{
    /// <summary>Takes ownership of a descriptor.</summary>
    /// <exception cref="Win32Exception">The call before this one failed.</exception>
    internal static SafeFileHandle Own(int descriptor, string call) =>
        descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new Win32Exception(
                Marshal.GetLastPInvokeError(), $"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");

    /// <summary>
    /// A second descriptor of the same open socket, so that neither side's closing pulls it away from the other.
    /// </summary>
    internal static SafeFileHandle Duplicate(SafeHandle handle)
    {
        bool held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            return Own(LinuxNative.fcntl((int)handle.DangerousGetHandle(), LinuxNative.DuplicateCloseOnExec, 0), "fcntl");
        }
        finally
        {
            if (held)
                handle.DangerousRelease();
        }
    }

    /// <summary>The number, for calls on the thread that owns the handle.</summary>
    internal static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
