using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Updates;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Zones;

/// <summary>What is logged of an update, in BIND's words: each thing asked, each thing ignored, or why it was turned down.</summary>
internal static class UpdateLines
{
    /// <summary>Writes the lines of one update that has been decided.</summary>
    public static void Write(ZoneState zone, IncomingUpdate update, UpdateResult result, UpdateMessage? message)
    {
        string name = zone.Settings.LogName;
        if (result.Failure is { } failure)
        {
            if (failure.IsDenied)
                Log.UpdateDenied(zone.SecurityLog, update.LogPrefix, name, failure.Rule);
            else
                Log.UpdateFailed(zone.UpdateLog, update.LogPrefix, name, failure.Text);
            if (failure.Rcode == Rcode.Refused)
                Keep(zone, update, failure);
            return;
        }

        if (!zone.UpdateLog.IsEnabled(LogLevel.Information))
            return;
        if (message is not null)
        {
            foreach (ref readonly UpdateRecord record in message.Updates)
                Log.Updating(zone.UpdateLog, update.LogPrefix, name, Describe(record));
        }

        foreach (UpdateNote note in result.Notes)
            Log.Updating(zone.UpdateLog, update.LogPrefix, name, note.Text);
    }

    private static void Keep(ZoneState zone, IncomingUpdate update, UpdateFailure failure)
    {
        if (zone.Services.Refusals is not { } refusals || !refusals.TryReserve())
            return;
        refusals.Add(
            new Refusal
            {
                Time = zone.Now,
                Node = zone.Journal?.Services.Node ?? "",
                Operation = "update",
                Zone = zone.Origin.ToString().ToLowerInvariant(),
                Peer = update.Client.ToString(),
                KeyName = update.Requester.Key?.ToLogString(),
                Answer = failure.Rcode.ToString(),
                Rule = failure.IsDenied ? failure.Rule : failure.Text,
            },
            update.Message);
    }

    private static string Describe(in UpdateRecord record)
    {
        string owner = NameText.ToText(record.Owner, keepFinalDot: false);
        if (record.Class == RecordClass.Any)
        {
            return record.Type == RecordType.Any
                ? $"delete all rrsets from name '{owner}'"
                : $"deleting rrset at '{owner}' {record.Type}";
        }

        if (record.Class == RecordClass.None)
            return $"deleting an RR at {owner} {record.Type}";
        StringBuilder text = new();
        text.Append("adding an RR at '").Append(owner).Append("' ").Append(record.Type.ToString()).Append(' ');
        RecordFormats.Of(record.Type).AppendText(text, record.Rdata);
        return text.ToString();
    }
}
