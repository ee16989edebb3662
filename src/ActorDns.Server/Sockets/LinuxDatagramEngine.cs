using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ActorDns.Zones.Access;
using Microsoft.Win32.SafeHandles;
using static ActorDns.Server.Sockets.LinuxNative;

namespace ActorDns.Server.Sockets;

/// <summary>
/// The UDP engine for Linux: one call takes a batch, one call sends its replies. With one socket it blocks in the
/// receive call, with several it waits for all of them at once.
/// </summary>
internal sealed unsafe class LinuxDatagramEngine : DatagramEngine
{
    private const int AddressStride = 32;

    private readonly SafeFileHandle[] _descriptors;
    private readonly LinuxReadiness? _readiness;
    private readonly int[] _slots;
    private readonly MultiMessage* _incoming;
    private readonly IoVector* _vectors;
    private readonly byte* _addresses;
    private readonly byte* _requests;
    private readonly byte* _responses;
    private readonly ReplyGroups _groups;
    private int _current;
    private int _used;
    private bool _woken;
    private bool _disposed;

    internal LinuxDatagramEngine(IReadOnlyList<BoundDatagramSocket> sockets, ListenerCounters counters)
        : base(sockets, counters)
    {
        _descriptors = [.. Sockets.Select(static socket => NativeDescriptor.Duplicate(socket.Socket.SafeHandle))];
        _readiness = _descriptors.Length > 1 ? new LinuxReadiness(_descriptors) : null;
        _slots = new int[BatchSize];
        _incoming = Allocate<MultiMessage>(BatchSize);
        _vectors = Allocate<IoVector>(BatchSize);
        _addresses = Allocate<byte>(BatchSize * AddressStride);
        _requests = Allocate<byte>(BatchSize * RequestBytes);
        _responses = Allocate<byte>(BatchSize * ResponseBytes);
        _groups = new ReplyGroups(BatchSize);
        for (int i = 0; i < BatchSize; i++)
        {
            _vectors[i] = new IoVector { Base = _requests + (long)i * RequestBytes, Length = (nuint)RequestBytes };
            _incoming[i].Header.Name = _addresses + i * AddressStride;
            _incoming[i].Header.NameLength = AddressStride;
            _incoming[i].Header.Vectors = _vectors + i;
            _incoming[i].Header.VectorCount = 1;
        }
    }

    private BoundDatagramSocket Current => Sockets[_current];

    internal override int Receive(bool mayWait)
    {
        int flags = MessageDontWait;
        if (_readiness is not null)
        {
            int ready = _readiness.Next(mayWait ? BoundDatagramSocket.ReceiveWaitMilliseconds : 0);
            if (ready < 0)
                return 0;
            _current = ready;
        }
        else if (mayWait && !Interlocked.Exchange(ref _woken, false))
        {
            flags = MessageWaitForOne;
        }

        for (int i = 0; i < _used; i++)
            _incoming[i].Header.NameLength = AddressStride;
        int count = recvmmsg(NativeDescriptor.Number(_descriptors[_current]), _incoming, (uint)BatchSize, flags, null);
        _used = Math.Max(count, 0);
        if (count > 0)
            return Accept(count);
        if (count < 0)
            ReceiveFailed(Marshal.GetLastPInvokeError());
        return 0;
    }

    internal override Datagram Request(int index)
    {
        int slot = _slots[index];
        return new Datagram(
            new ReadOnlySpan<byte>(_requests + (long)slot * RequestBytes, (int)_incoming[slot].Length),
            Source(slot),
            Current,
            new ReadOnlySpan<byte>(_addresses + slot * AddressStride, (int)_incoming[slot].Header.NameLength));
    }

    internal override Span<byte> Response(int index) => new(_responses + (long)_slots[index] * ResponseBytes, ResponseBytes);

    internal override void Send(ReadOnlySpan<int> lengths)
    {
        _groups.Begin(Current.CanGroup);
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] <= 0)
                continue;
            int slot = _slots[i];
            _groups.Add(
                _addresses + slot * AddressStride,
                _incoming[slot].Header.NameLength,
                _responses + (long)slot * ResponseBytes,
                lengths[i]);
        }

        int count = _groups.Build(out MultiMessage* messages);
        SendAll(messages, count);
    }

    internal override void Wake()
    {
        Volatile.Write(ref _woken, true);
        _readiness?.Wake();
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (SafeFileHandle descriptor in _descriptors)
            descriptor.Dispose();
        _readiness?.Dispose();
        _groups.Dispose();
        NativeMemory.AlignedFree(_incoming);
        NativeMemory.AlignedFree(_vectors);
        NativeMemory.AlignedFree(_addresses);
        NativeMemory.AlignedFree(_requests);
        NativeMemory.AlignedFree(_responses);
    }

    internal static T* Allocate<T>(int count)
        where T : unmanaged
    {
        nuint bytes = (nuint)count * (nuint)sizeof(T);
        T* memory = (T*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    /// <summary>Lists the datagrams that a handler shall see; the others are counted and forgotten.</summary>
    private int Accept(int count)
    {
        int accepted = 0;
        long octets = 0;
        for (int i = 0; i < count; i++)
        {
            octets += _incoming[i].Length;
            bool isWhole = (_incoming[i].Header.Flags & MessageTruncated) == 0;
            if (isWhole && _incoming[i].Length != 0 && SourcePort(i) != 0)
                _slots[accepted++] = i;
        }

        Counters.PacketsIn += count;
        Counters.BytesIn += octets;
        Counters.Dropped += count - accepted;
        return accepted;
    }

    private ushort SourcePort(int slot) =>
        BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(_addresses + slot * AddressStride + 2, sizeof(ushort)));

    private NetEndpoint Source(int slot) => SocketAddressReader.Read(
        new ReadOnlySpan<byte>(_addresses + slot * AddressStride, SocketAddressReader.IPv6Bytes), Current.IsIPv6);

    private void ReceiveFailed(int error)
    {
        switch (error)
        {
            case EAgain or EIntr:
                return;
            case EBadF or ENotSock or EFault or EInval:
                throw new SocketException(
                    error, $"receiving on {Current.Local} failed: {Marshal.GetPInvokeErrorMessage(error)}");
            default:
                Counters.ReceiveErrors++; // Such as an ICMP error that an earlier reply caused; the queue itself is sound.
                return;
        }
    }

    private void SendAll(MultiMessage* messages, int count)
    {
        int socket = NativeDescriptor.Number(_descriptors[_current]);
        int done = 0;
        while (done < count)
        {
            int sent = sendmmsg(socket, messages + done, (uint)(count - done), 0);
            if (sent > 0)
            {
                for (int i = done; i < done + sent; i++)
                    CountSent(in messages[i].Header);
                done += sent;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case EIntr:
                    continue;
                case EAgain:
                    // The send buffer stayed full for the whole time-out: the rest of the batch is lost, the loop goes on.
                    for (; done < count; done++)
                        Counters.SendErrors += (long)messages[done].Header.VectorCount;
                    break;
                case EInval or EIo or EOpNotSupp or ENoProtoOpt or EMsgSize when messages[done].Header.VectorCount > 1:
                    Current.CanGroup = false;
                    SendSingly(in messages[done++].Header);
                    break;
                default:
                    Counters.SendErrors += (long)messages[done++].Header.VectorCount;
                    break;
            }
        }
    }

    private void SendSingly(in MessageHeader group)
    {
        int count = _groups.Split(in group, out MultiMessage* messages);
        Debug.Assert(count > 1 && messages[0].Header.VectorCount == 1);
        SendAll(messages, count);
    }

    private void CountSent(in MessageHeader message)
    {
        Counters.PacketsOut += (long)message.VectorCount;
        Counters.BytesOut += (long)(message.VectorCount * message.Vectors->Length);
        if (message.VectorCount > 1)
            Counters.Groups++;
    }
}
