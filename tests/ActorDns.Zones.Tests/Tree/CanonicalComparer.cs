using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tests.Tree;

internal sealed class CanonicalComparer : IComparer<byte[]>
{
    public static readonly CanonicalComparer Instance = new();

    public int Compare(byte[]? x, byte[]? y) => WireName.CompareCanonical(x, y);
}
