using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Waits for several sockets and one wake signal at once (epoll), and hands the ready sockets out in turn.
/// </summary>
internal sealed unsafe class LinuxReadiness : IDisposable
{
    private const int Nothing = -1;

    // The system packs struct epoll_event on x64 and nowhere else.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventBytes = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly SafeFileHandle _epoll = NativeDescriptor.Own(
        LinuxNative.epoll_create1(LinuxNative.CloseOnExec), "epoll_create1");

    private readonly EventSignal _signal = new();
    private readonly byte[] _events;
    private int _ready;
    private int _next;

    internal LinuxReadiness(ReadOnlySpan<SafeFileHandle> sockets)
    {
        _events = GC.AllocateArray<byte>((sockets.Length + 1) * EventBytes, pinned: true);
        Add(_signal.Descriptor, Nothing);
        for (int i = 0; i < sockets.Length; i++)
            Add(NativeDescriptor.Number(sockets[i]), i);
    }

    /// <summary>The next ready socket, or -1 when there is none within the time or a wake came.</summary>
    internal int Next(int timeoutMilliseconds)
    {
        if (_next == _ready && !Wait(timeoutMilliseconds))
            return Nothing;
        while (_next < _ready)
        {
            int socket = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan(_next++ * EventBytes + DataOffset));
            if (socket != Nothing)
                return socket;
            _signal.Reset();
        }

        return Nothing;
    }

    internal void Wake() => _signal.Set();

    /// <inheritdoc/>
    public void Dispose()
    {
        _epoll.Dispose();
        _signal.Dispose();
    }

    private bool Wait(int timeoutMilliseconds)
    {
        _next = 0;
        fixed (byte* events = _events)
        {
            int count = LinuxNative.epoll_wait(
                NativeDescriptor.Number(_epoll), events, _events.Length / EventBytes, timeoutMilliseconds);
            _ready = Math.Max(count, 0);
        }

        return _ready > 0;
    }

    private void Add(int descriptor, int data)
    {
        Span<byte> interest = stackalloc byte[16];
        interest.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(interest, LinuxNative.EpollIn);
        BinaryPrimitives.WriteInt32LittleEndian(interest[DataOffset..], data);
        fixed (byte* pointer = interest)
        {
            if (LinuxNative.epoll_ctl(NativeDescriptor.Number(_epoll), LinuxNative.EpollAdd, descriptor, pointer) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_ctl failed");
        }
    }
}
