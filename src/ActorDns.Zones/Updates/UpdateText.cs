using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>What an UPDATE asks for, one line for each record, as differences are written.</summary>
public static class UpdateText
{
    /// <summary>
    /// <c>+owner ttl IN type rdata</c> for what is to be added, <c>-owner 0 NONE type rdata</c> for a record and <c>-owner 0 ANY type</c>
    /// for a set that is to go (RFC 2136 §2.5). Behind so many lines only the number of the others follows.
    /// </summary>
    public static string Of(UpdateMessage message, int maxLines)
    {
        StringBuilder text = new();
        ReadOnlySpan<UpdateRecord> updates = message.Updates;
        foreach (ref readonly UpdateRecord record in updates[..Math.Min(updates.Length, maxLines)])
        {
            text.Append(record.Class == message.ZoneClass ? '+' : '-');
            NameText.Append(text, record.Owner, keepFinalDot: true);
            text.Append(CultureInfo.InvariantCulture, $" {record.Ttl} {record.Class} {record.Type}");
            if (record.Class != RecordClass.Any && !record.Rdata.IsEmpty)
            {
                text.Append(' ');
                RecordFormats.Of(record.Type).AppendText(text, record.Rdata);
            }

            text.Append('\n');
        }

        if (updates.Length > maxLines)
            text.Append(CultureInfo.InvariantCulture, $"and {updates.Length - maxLines} more\n");
        return text.ToString();
    }
}
