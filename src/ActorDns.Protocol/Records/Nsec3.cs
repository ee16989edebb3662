// RFC 5155 §3.2: https://www.rfc-editor.org/rfc/rfc5155#section-3.2
//
// +------------------------+
// |     hash algorithm     |  1 octet
// +------------------------+
// |         flags          |  1 octet
// +------------------------+
// |       iterations       |  2 octets
// +------------------------+
// |          salt          |  length octet and octets
// +------------------------+
// |   next hashed owner    |  length octet and octets
// +------------------------+
// /         types          /  windows of type bits
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NSEC3: the next hashed owner name, and the types at this one.</summary>
internal static class Nsec3
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Nsec3,
        [
            Field.U8("hash algorithm"),
            Field.U8("flags"),
            Field.U16("iterations"),
            new SaltField("salt"),
            new HashedOwnerField("next hashed owner"),
            new TypeBitmapField("types", allowsEmpty: true),
        ],
        Check);

    private const byte Sha1 = 1;
    private const int Sha1Bytes = 20;

    private static string? Check(ReadOnlySpan<byte> rdata)
    {
        Nsec3Data nsec3 = new(rdata);
        return nsec3.Parameters.HashAlgorithm != Sha1 || nsec3.NextHashedOwner.Length == Sha1Bytes
            ? null
            : "next hashed owner has not the 20 octets of SHA-1";
    }
}
