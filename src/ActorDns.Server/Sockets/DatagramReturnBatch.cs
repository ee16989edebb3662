using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static ActorDns.Server.Sockets.LinuxNative;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Replies that are made together, later than their requests' batches: they leave with one call of the system where there is one for many,
/// so that whoever waits for them is woken once. One thread at a time.
/// </summary>
internal sealed unsafe class DatagramReturnBatch
{
    private const int MaxReplies = 64;
    private const int RoomBytes = 32 << 10;
    private const int AddressStride = 32;

    private readonly MultiMessage[] _messages = GC.AllocateArray<MultiMessage>(MaxReplies, pinned: true);
    private readonly IoVector[] _vectors = GC.AllocateArray<IoVector>(MaxReplies, pinned: true);
    private readonly byte[] _addresses = GC.AllocateArray<byte>(MaxReplies * AddressStride, pinned: true);
    private readonly byte[] _bodies;
    private readonly int _replyBytes;
    private BoundDatagramSocket? _socket;
    private int _count;
    private int _used;

    /// <param name="replyBytes">The longest reply, in octets.</param>
    internal DatagramReturnBatch(int replyBytes)
    {
        _replyBytes = replyBytes;
        _bodies = GC.AllocateArray<byte>(Math.Max(RoomBytes, replyBytes), pinned: true);
    }

    private static bool IsBatched { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Room for the next reply, to be written before <see cref="Add"/>.</summary>
    internal Span<byte> Next
    {
        get
        {
            if (_count == MaxReplies || _used + _replyBytes > _bodies.Length)
                Send();
            return _bodies.AsSpan(_used, _replyBytes);
        }
    }

    /// <summary>Adds the reply that was written to <see cref="Next"/>; those for another socket are sent first.</summary>
    internal void Add(DatagramReturn back, int length)
    {
        Debug.Assert(length <= _replyBytes);
        if (!IsBatched)
        {
            back.TrySend(_bodies.AsSpan(_used, length));
            return;
        }

        if (_socket != back.Socket)
            SendAll();
        _socket = back.Socket;
        ReadOnlySpan<byte> destination = back.Destination;
        destination.CopyTo(_addresses.AsSpan(_count * AddressStride, AddressStride));
        _vectors[_count] = new IoVector { Base = At(_bodies, _used), Length = (nuint)length };
        _messages[_count].Header = new MessageHeader
        {
            Name = At(_addresses, _count * AddressStride),
            NameLength = (uint)destination.Length,
            Vectors = At(_vectors, _count),
            VectorCount = 1,
        };
        _count++;
        _used += length;
    }

    /// <summary>
    /// Sends what was added. What the system refuses is lost as any datagram may be, and so is the rest when the address was given up
    /// meanwhile: the client asks again.
    /// </summary>
    internal void Send()
    {
        SendAll();
        _used = 0;
    }

    private static T* At<T>(T[] pinned, int index)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref pinned[index]);

    private void SendAll()
    {
        int count = _count;
        _count = 0;
        if (count == 0)
            return;
        SafeHandle handle = _socket!.Socket.SafeHandle;
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            SendAll((int)handle.DangerousGetHandle(), count);
        }
        catch (ObjectDisposedException)
        {
            // The address was given up.
        }
        finally
        {
            if (isHeld)
                handle.DangerousRelease();
        }
    }

    private void SendAll(int socket, int count)
    {
        int done = 0;
        while (done < count)
        {
            int sent = sendmmsg(socket, At(_messages, done), (uint)(count - done), 0);
            if (sent > 0)
                done += sent;
            else if (Marshal.GetLastPInvokeError() is var error && error == EAgain)
                return; // The send buffer stayed full for the whole time-out.
            else if (error != EIntr)
                done++;
        }
    }
}
