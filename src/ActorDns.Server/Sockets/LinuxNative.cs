using System.Runtime.InteropServices;

namespace ActorDns.Server.Sockets;

/// <summary>The Linux system calls and constants of the batched UDP path; 64-bit layouts.</summary>
internal static unsafe partial class LinuxNative
{
    internal const int SolSocket = 1;
    internal const int SolIp = 0;
    internal const int SolUdp = 17;
    internal const int SolIpv6 = 41;
    internal const int SoReusePort = 15;
    internal const int SoReceiveTimeout = 20;
    internal const int SoSendTimeout = 21;
    internal const int SoSendBufferForce = 32;
    internal const int SoReceiveBufferForce = 33;
    internal const int IpMtuDiscover = 10;
    internal const int Ipv6MtuDiscover = 23;
    internal const int Ipv6Only = 26;
    internal const int MtuDiscoverInterface = 4;
    internal const int MtuDiscoverOmit = 5;
    internal const int UdpSegment = 103;

    internal const int MessageTruncated = 0x20;
    internal const int MessageDontWait = 0x40;
    internal const int MessageWaitForOne = 0x10000;

    internal const int EpollAdd = 1;
    internal const uint EpollIn = 1;
    internal const int CloseOnExec = 0x80000;
    internal const int NonBlocking = 0x800;
    internal const int DuplicateCloseOnExec = 1030;

    internal const int EIntr = 4;
    internal const int EIo = 5;
    internal const int EBadF = 9;
    internal const int EAgain = 11;
    internal const int EFault = 14;
    internal const int EInval = 22;
    internal const int ENotSock = 88;
    internal const int EMsgSize = 90;
    internal const int ENoProtoOpt = 92;
    internal const int EOpNotSupp = 95;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int recvmmsg(int socket, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int sendmmsg(int socket, MultiMessage* messages, uint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_ctl(int epoll, int operation, int descriptor, void* interest);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_wait(int epoll, void* events, int capacity, int timeoutMilliseconds);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int descriptor, int command, int argument);

    /// <summary>The system's <c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVector
    {
        internal byte* Base;
        internal nuint Length;
    }

    /// <summary>The system's <c>struct msghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageHeader
    {
        internal byte* Name;
        internal uint NameLength;
        internal IoVector* Vectors;
        internal nuint VectorCount;
        internal byte* Control;
        internal nuint ControlLength;
        internal int Flags;
    }

    /// <summary>The system's <c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MultiMessage
    {
        internal MessageHeader Header;
        internal uint Length;
    }

    /// <summary>A <c>struct cmsghdr</c> followed by the 16-bit segment size of UDP_SEGMENT, with its padding.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 24)]
    internal struct SegmentControl
    {
        internal nuint Length;
        internal int Level;
        internal int Type;
        internal ushort SegmentBytes;
    }
}
