using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>One record of an update that was ignored, or applied in another way than asked.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Index">Place of the record in the update section.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Type">Its type.</param>
/// <param name="Number">A limit or a TTL in seconds that the text tells; else 0.</param>
public sealed record UpdateNote(UpdateNoteKind Kind, int Index, DomainName Owner, RecordType Type, uint Number = 0)
{
    /// <summary>True when the record had no effect.</summary>
    public bool IsIgnored => Kind < UpdateNoteKind.TtlCut;

    /// <summary>The log line in BIND's words, the part after client and zone.</summary>
    public string Text => Kind switch
    {
        UpdateNoteKind.CnameBesideOthers => "attempt to add CNAME alongside non-CNAME ignored",
        UpdateNoteKind.OthersBesideCname => "attempt to add non-CNAME alongside CNAME ignored",
        UpdateNoteKind.SecondSoa => "attempt to create 2nd SOA ignored",
        UpdateNoteKind.SoaNotNewer => "SOA update failed to increment serial, ignoring it",
        UpdateNoteKind.ParentTypeAtApex => $"attempt to add a {Type} record at zone apex ignored",
        UpdateNoteKind.WildcardDelegation => $"attempt to add wildcard {Type} record ignored",
        UpdateNoteKind.ObsoleteType => $"attempt to add {Type} ignored",
        UpdateNoteKind.PrivateType => $"attempt to add a private type ({Type.Value}) record rejected internal use only",
        UpdateNoteKind.Nsec3ParamFlags => "attempt to add NSEC3PARAM record with non OPTOUT flag",
        UpdateNoteKind.PolicyMaximum => $"attempt to add more records than permitted by policy max={Number}",
        UpdateNoteKind.SoaRemoval => "attempt to delete SOA ignored",
        UpdateNoteKind.ApexSetRemoval => "attempt to delete all SOA or NS records ignored",
        UpdateNoteKind.LastNsRemoval => "attempt to delete last NS ignored",
        UpdateNoteKind.TtlCut => $"reducing TTL to the configured max-zone-ttl {Number}",
        UpdateNoteKind.InnerWildcard => $"warning: ownername '{Owner.ToLogString()}' contains a non-terminal wildcard",
        _ => $"{Owner.ToLogString()}/{Type}: bad name (check-names)",
    };
}
