// RFC 6672 §2.1: https://www.rfc-editor.org/rfc/rfc6672#section-2.1
//
// +------------------------+
// /         target         /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>DNAME: a redirection of everything below the owner.</summary>
internal static class Dname
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.Dname,
        [
            Field.Name("target", NameUse.Folded),
        ]);
}
