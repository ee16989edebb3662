using System.Numerics;
using System.Runtime.InteropServices;
using static ActorDns.Server.Sockets.LinuxNative;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Orders the replies of a batch into messages for one send call: replies with the same destination and length become
/// one message of several segments, which the system cuts into datagrams again after it has walked its transmit path
/// once.
/// </summary>
internal sealed unsafe class ReplyGroups : IDisposable
{
    /// <summary>
    /// Longest segment; the IPv6 minimum MTU less its headers, so that no path is ever too narrow for it.
    /// </summary>
    private const int MaxSegmentBytes = 1_232;

    private const int MaxSegments = 60;
    private const int MaxGroupBytes = 65_000;
    private const int Free = -1;

    private readonly int _capacity;
    private readonly MultiMessage* _messages;
    private readonly MultiMessage* _singles;
    private readonly IoVector* _ordered;
    private readonly SegmentControl* _controls;
    private readonly Reply* _replies;
    private readonly Group* _groups;
    private readonly int[] _table;
    private readonly int[] _touched;
    private int _replyCount;
    private int _groupCount;
    private bool _canGroup;

    internal ReplyGroups(int capacity)
    {
        _capacity = capacity;
        _messages = LinuxDatagramEngine.Allocate<MultiMessage>(capacity);
        _singles = LinuxDatagramEngine.Allocate<MultiMessage>(MaxSegments);
        _ordered = LinuxDatagramEngine.Allocate<IoVector>(capacity);
        _controls = LinuxDatagramEngine.Allocate<SegmentControl>(capacity);
        _replies = LinuxDatagramEngine.Allocate<Reply>(capacity);
        _groups = LinuxDatagramEngine.Allocate<Group>(capacity);
        _table = new int[BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        _touched = new int[capacity];
        Array.Fill(_table, Free);
    }

    /// <summary>Starts a batch; without <paramref name="canGroup"/> every reply becomes a message of its own.</summary>
    internal void Begin(bool canGroup)
    {
        for (int i = 0; i < _groupCount; i++)
            _table[_touched[i]] = Free;
        _replyCount = 0;
        _groupCount = 0;
        _canGroup = canGroup;
    }

    /// <summary>
    /// Adds a reply. Neither the address nor the body is copied; both must stay until the batch was sent.
    /// </summary>
    internal void Add(byte* address, uint addressLength, byte* body, int length)
    {
        int place = FindPlace(address, addressLength, length);
        int group = _table[place];
        if (group == Free || !HasRoom(in _groups[group]))
        {
            group = _groupCount++;
            _groups[group] = new Group { Address = address, AddressLength = addressLength, SegmentBytes = length };
            _table[place] = group;
            _touched[group] = place;
        }

        _groups[group].Count++;
        _replies[_replyCount++] = new Reply { Body = body, Group = group };
    }

    /// <summary>Lays the messages out and returns how many there are.</summary>
    internal int Build(out MultiMessage* messages)
    {
        messages = _messages;
        int start = 0;
        for (int i = 0; i < _groupCount; i++)
        {
            Lay(ref _messages[i].Header, in _groups[i], _ordered + start, _controls + i);
            start += _groups[i].Count;
            _groups[i].Count = 0;
        }

        for (int i = 0; i < _replyCount; i++)
        {
            ref Group group = ref _groups[_replies[i].Group];
            _messages[_replies[i].Group].Header.Vectors[group.Count++] =
                new IoVector { Base = _replies[i].Body, Length = (nuint)group.SegmentBytes };
        }

        return _groupCount;
    }

    /// <summary>Takes a refused group apart into messages of one reply each.</summary>
    internal int Split(in MessageHeader group, out MultiMessage* messages)
    {
        messages = _singles;
        for (nuint i = 0; i < group.VectorCount; i++)
        {
            _singles[i].Header = new MessageHeader
            {
                Name = group.Name,
                NameLength = group.NameLength,
                Vectors = group.Vectors + i,
                VectorCount = 1,
            };
        }

        return (int)group.VectorCount;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_messages);
        NativeMemory.AlignedFree(_singles);
        NativeMemory.AlignedFree(_ordered);
        NativeMemory.AlignedFree(_controls);
        NativeMemory.AlignedFree(_replies);
        NativeMemory.AlignedFree(_groups);
    }

    private static void Lay(ref MessageHeader message, in Group group, IoVector* vectors, SegmentControl* control)
    {
        message = new MessageHeader
        {
            Name = group.Address,
            NameLength = group.AddressLength,
            Vectors = vectors,
            VectorCount = (nuint)group.Count,
        };
        if (group.Count == 1)
            return;
        *control = new SegmentControl
        {
            Length = (nuint)sizeof(nuint) + 2 * sizeof(int) + sizeof(ushort),
            Level = SolUdp,
            Type = UdpSegment,
            SegmentBytes = (ushort)group.SegmentBytes,
        };
        message.Control = (byte*)control;
        message.ControlLength = (nuint)sizeof(SegmentControl);
    }

    private bool HasRoom(in Group group) =>
        _canGroup
        && group.Count < MaxSegments
        && group.SegmentBytes <= MaxSegmentBytes
        && (group.Count + 1) * group.SegmentBytes <= MaxGroupBytes;

    /// <summary>The table place of this destination and length, or the free one where it belongs.</summary>
    private int FindPlace(byte* address, uint addressLength, int length)
    {
        ReadOnlySpan<byte> wanted = new(address, (int)addressLength);
        int mask = _table.Length - 1;
        int place = (int)Hash(wanted, length) & mask;
        while (_table[place] is int group and not Free)
        {
            bool isSame = _groups[group].SegmentBytes == length
                && _groups[group].AddressLength == addressLength
                && wanted.SequenceEqual(new ReadOnlySpan<byte>(_groups[group].Address, (int)addressLength));
            if (isSame)
                return place;
            place = (place + 1) & mask;
        }

        return place;
    }

    private static uint Hash(ReadOnlySpan<byte> address, int length)
    {
        ulong mixed = MemoryMarshal.Read<ulong>(address) ^ ((ulong)length << 48);
        if (address.Length > SocketAddressReader.IPv4Bytes)
        {
            ulong low = MemoryMarshal.Read<ulong>(address[16..]);
            mixed ^= MemoryMarshal.Read<ulong>(address[8..]) ^ BitOperations.RotateLeft(low, 21);
        }

        return (uint)((mixed * 0x9E37_79B9_7F4A_7C15UL) >> 32);
    }

    private struct Reply
    {
        internal byte* Body;
        internal int Group;
    }

    private struct Group
    {
        internal byte* Address;
        internal uint AddressLength;
        internal int SegmentBytes;
        internal int Count;
    }
}
