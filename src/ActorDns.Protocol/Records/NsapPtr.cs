// RFC 1706 §6: https://www.rfc-editor.org/rfc/rfc1706#section-6
//
// +------------------------+
// /          name          /  domain name
// +------------------------+
using ActorDns.Protocol.Records.Fields;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>NSAP-PTR: the name of an OSI network address; PTR took its place.</summary>
internal static class NsapPtr
{
    /// <summary>Wire, text and canonical form.</summary>
    public static readonly RecordFormat Format = new(
        RecordType.NsapPtr,
        [
            Field.Name("name", NameUse.Verbatim),
        ]);
}
