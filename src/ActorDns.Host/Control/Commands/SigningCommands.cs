using System.Globalization;
using ActorDns.Actors.Zones;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands about the signing of zones, and the serial that one of them sets. Zones are not signed here yet.</summary>
internal sealed class SigningCommands(ServerNode node)
{
    private const string NoPolicy = "Zone does not have dnssec-policy";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly ControlReply Absent = new(ControlResult.NotImplemented);

    public IEnumerable<ControlCommand> All =>
    [
        new("signing", "-list|-serial N|-clear …|-nsec3param … ZONE [CLASS [VIEW]]: records of signing, serial", SigningAsync),
        new("sign", "ZONE [CLASS [VIEW]]: signs with the keys of now", Unsigned),
        new("loadkeys", "ZONE [CLASS [VIEW]]: reads the signing keys again", Unsigned),
        new("dnssec", "-status|-rollover …|-checkds … ZONE [CLASS [VIEW]]: state of signing", Dnssec),
    ];

    private Task<ControlReply> Unsigned(ControlArguments arguments) => Task.FromResult(
        ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is not { } found ? error
        : new ControlReply(found.Zone.Kind != ZoneKind.Primary ? ControlResult.NotPrimary : ControlResult.NoPermission));

    private async Task<ControlReply> SigningAsync(ControlArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return new ControlReply(ControlResult.UnexpectedEnd);
        int operands = arguments.Words[0].ToLowerInvariant() switch
        {
            "-list" => 0,
            "-serial" or "-clear" => 1,
            "-nsec3param" => arguments.Words is [_, "none", ..] ? 1 : 4,
            _ => -1,
        };
        if (operands < 0)
            return new ControlReply(ControlResult.Syntax);
        string option = arguments.Words[0].ToLowerInvariant();
        uint serial = 0;
        if (option == "-serial" && arguments.Words.Count > 1
            && !uint.TryParse(arguments.Words[1], NumberStyles.None, CultureInfo.InvariantCulture, out serial))
        {
            return new ControlReply(arguments.Words[1].All(char.IsAsciiDigit) ? ControlResult.Range : ControlResult.BadNumber);
        }

        if (ZoneArgument.Find(node, [.. arguments.Words.Skip(1 + operands)], out ControlReply error) is not { } found)
            return error;
        if (option == "-list")
        {
            bool isLoaded = node.FindRuntime(found.View.Name, found.Zone.Name)?.Published.Current is not null;
            return isLoaded ? ControlReply.Say("No signing records found") : new ControlReply(ControlResult.NotLoaded);
        }

        if (found.Zone.Kind != ZoneKind.Primary)
            return new ControlReply(ControlResult.NotPrimary);
        if (!found.IsDynamic)
            return new ControlReply(ControlResult.NotDynamic);
        return option == "-serial" ? await SetSerialAsync(found, new Serial(serial), arguments.Caller) : Absent;
    }

    private async Task<ControlReply> SetSerialAsync(ZoneArgument found, Serial serial, ControlCaller? caller)
    {
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { } runtime)
            return new ControlReply(ControlResult.NotLoaded);
        AskResult<ZoneReport> report = await runtime.Actor.TryAskAsync<ZoneReport>(done => new ZoneCommand.Report(done), Deadline);
        if (report.TryGetReply(out ZoneReport? zone) && zone.IsFrozen)
            return new ControlReply(ControlResult.AlreadyFrozen);
        AskResult<string?> asked = await runtime.Actor.TryAskAsync<string?>(
            done => new ZoneCommand.SetSerial(serial, caller?.KeyName, caller?.Peer, done), Deadline);
        if (!asked.TryGetReply(out string? reason) || reason is null)
            return ControlReply.Say("serial request queued"); // Without a reply in time it waits for the journal.
        bool isRange = runtime.Published.Current is { } served && !serial.IsNewerThan(served.Serial);
        return new ControlReply(isRange ? ControlResult.Range : ControlResult.Failure, reason);
    }

    private Task<ControlReply> Dnssec(ControlArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return Task.FromResult(new ControlReply(ControlResult.UnexpectedEnd));
        string option = arguments.Words[0].ToLowerInvariant();
        if (option is not ("-status" or "-rollover" or "-checkds"))
            return Task.FromResult(new ControlReply(ControlResult.Syntax));
        if (option != "-status")
            return Task.FromResult(Absent);
        if (ZoneArgument.Find(node, [.. arguments.Words.Skip(1)], out ControlReply error) is not { } found)
            return Task.FromResult(error);
        return Task.FromResult(found.Zone.Settings.DnssecPolicy.Value is "" or "none" ? ControlReply.Say(NoPolicy) : Absent);
    }
}
