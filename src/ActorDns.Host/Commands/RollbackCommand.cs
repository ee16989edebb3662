using System.CommandLine;
using ActorDns.Configuration.Model;
using ActorDns.Host.Audit;
using ActorDns.Host.Control;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Updates;

namespace ActorDns.Host.Commands;

/// <summary>Takes a zone back to an earlier serial: shows what that would be, or has the running server do it.</summary>
internal static class RollbackCommand
{
    private const int TimeoutSeconds = 60;

    public static Command Create()
    {
        Argument<string> zone = new("zone") { Description = "Name of the zone" };
        Option<uint> to = new("--to") { HelpName = "serial", Description = "The serial whose content is wanted", Required = true };
        Option<bool> dryRun = new("--dry-run") { Description = "Only print the difference that would be made; the server is not asked" };
        AskedServer asked = new();
        AuditOptions options = new();
        Command command = new("rollback", """
            Has the running server go back to the content of an earlier serial. It gets a new serial, is journaled with who asked for it,
            and goes to the secondaries like any other change; a rollback can be rolled back.

              actordns rollback example.com --to 2026110203 --dry-run      the difference that would be made
              actordns rollback example.com --to 2026110203
              rndc rollback example.com 2026110203                         the same by BIND's tool
            """)
        { zone, to, dryRun, options.File, options.Settings, options.View, options.Json };
        asked.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                Serial serial = new(parsed.GetValue(to));
                string name = AuditStore.ParseName(parsed.GetValue(zone)!).ToLogString();
                if (parsed.GetValue(dryRun))
                {
                    await using AuditStore store = await AuditStore.OpenAsync(
                        parsed.GetValue(options.File)!, parsed.GetValue(options.Settings), ct);
                    await ShowAsync(store, name, parsed.GetValue(options.View), serial, parsed.GetValue(options.Json), ct);
                    return ExitCode.Success;
                }

                string view = parsed.GetValue(options.View) is { } chosen ? $" IN {chosen}" : "";
                Func<ControlReply, object>? json = parsed.GetValue(options.Json)
                    ? reply => new { Zone = name, To = serial.Value, Done = reply.IsGood, reply.Text }
                    : null;
                return await asked.AskAsync(parsed, $"rollback {name}{view} {serial}", TimeoutSeconds, json, ct);
            }
            catch (AuditException failure)
            {
                Console.Error.WriteLine(failure.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }

    private static async Task ShowAsync(AuditStore store, string name, string? view, Serial to, bool json, CancellationToken ct)
    {
        StoredZone zone = store.FindZone(name, view);
        if (zone.Head.Serial is not { } head || await store.ReadChangeAsync(zone, to, head, ct) is not { } since)
            throw new AuditException($"serial {to} is what is served");
        if (IsSigned(since))
            throw new AuditException($"zone '{name}' is signed and its keys are not here: a change would break its signatures");
        ZoneConfiguration? configured = store.Configuration.Views
            .FirstOrDefault(known => known.Name == zone.Key.View)?.Zones.FirstOrDefault(known => known.Name == zone.Key.Name);
        SerialMethod method = configured is null ? SerialMethod.Increment : UpdateSettingsMapper.MethodOf(configured);
        ZoneChange back = since.Invert(SerialStep.Next(head, method, TimeProvider.System.GetUtcNow()));
        if (!json)
        {
            Console.Out.Write(back.ToText());
            return;
        }

        (List<object> removed, List<object> added) = RecordLine.Objects(back);
        AuditOutput.Json(new
        {
            Zone = zone.Key.Name.ToString(),
            zone.Key.View,
            SerialFrom = head.Value,
            SerialTo = back.SerialTo.Value,
            Removed = removed,
            Added = added,
        });
    }

    // Each version of a signed zone has a signature over its SOA of its own.
    private static bool IsSigned(ZoneChange change)
    {
        foreach (ChangeRecord record in change.Added)
        {
            if (record.Type == RecordType.Rrsig)
                return true;
        }

        foreach (ChangeRecord record in change.Removed)
        {
            if (record.Type == RecordType.Rrsig)
                return true;
        }

        return false;
    }
}
