using System.Runtime.InteropServices;

namespace ActorDns.Storage.Contracts;

/// <summary>Requests are the same when key and MAC are, whatever was answered.</summary>
internal sealed class SameRequest : IEqualityComparer<RequestFingerprint>
{
    public static readonly SameRequest Instance = new();

    public bool Equals(RequestFingerprint? x, RequestFingerprint? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.KeyName == y.KeyName && x.Mac.Span.SequenceEqual(y.Mac.Span));

    // A MAC is as good as random from its first octet on.
    public int GetHashCode(RequestFingerprint obj) => MemoryMarshal.TryRead(obj.Mac.Span, out int first) ? first : obj.Mac.Length;
}
