using Microsoft.Win32.SafeHandles;

namespace ActorDns.Server.Sockets;

/// <summary>
/// A flag that a thread can wait for together with sockets: a signal given early is remembered (Linux eventfd).
/// </summary>
internal sealed unsafe class EventSignal : IDisposable
{
    private readonly SafeFileHandle _handle =
        NativeDescriptor.Own(LinuxNative.eventfd(0, LinuxNative.CloseOnExec | LinuxNative.NonBlocking), "eventfd");

    /// <summary>The descriptor to wait on.</summary>
    internal int Descriptor => NativeDescriptor.Number(_handle);

    /// <summary>Gives the signal; from any thread, and without effect once disposed.</summary>
    internal void Set()
    {
        bool held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            ulong one = 1;
            // A full counter is a signal already given.
            _ = LinuxNative.write(Descriptor, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            return; // Nobody waits any more.
        }
        finally
        {
            if (held)
                _handle.DangerousRelease();
        }
    }

    /// <summary>Takes the signal back.</summary>
    internal void Reset()
    {
        ulong count;
        _ = LinuxNative.read(Descriptor, &count, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
