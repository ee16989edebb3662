using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>
/// Looks at the mail exchangers that an update adds: those in the zone must have an address (<c>check-integrity</c>, <c>check-mx</c>).
/// </summary>
internal static class MailCheck
{
    private const int PreferenceBytes = 2;

    /// <summary>Says what is wrong with the first that is not as it should be; null when all are.</summary>
    public static UpdateFailure? Check(ZoneSnapshot after, ZoneChange change, UpdateSettings settings)
    {
        foreach (ChangeRecord record in change.Added)
        {
            if (record.Type == RecordType.Mx && FaultOf(after, record.Rdata[PreferenceBytes..], settings) is { } fault)
            {
                string owner = NameText.ToText(record.Owner, keepFinalDot: false);
                string target = NameText.ToText(record.Rdata[PreferenceBytes..], keepFinalDot: false);
                return new UpdateFailure(Rcode.Refused, $"{owner}/MX: '{target}' {fault}");
            }
        }

        return null;
    }

    private static string? FaultOf(ZoneSnapshot zone, ReadOnlySpan<byte> target, UpdateSettings settings)
    {
        byte[] text = Encoding.ASCII.GetBytes(NameText.ToText(target, keepFinalDot: false));
        if (settings.CheckMx == CheckLevel.Fail && MisplacedAddress.IsAddress(text))
            return "is an address";
        if (!settings.CheckIntegrity)
            return null;
        return TargetLookup.Find(zone, target, out _) switch
        {
            TargetState.Missing => "has no address records (A or AAAA)",
            TargetState.Cname => "is a CNAME (illegal)",
            TargetState.BelowDname => "is below a DNAME (illegal)",
            _ => null,
        };
    }
}
