using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ZoneWriterSettings = ActorDns.Actors.Zones.ZoneSettings;

namespace ActorDns.Host.Wiring;

/// <summary>Makes what a configuration says about a zone into what its writer goes by.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="local">The host's own addresses.</param>
/// <param name="retention">How much of every zone's journal is kept.</param>
internal sealed class ZoneSettingsMapper(NamedConfiguration configuration, LocalAddressBook local, RetentionPolicy retention)
{
    private readonly UpdateSettingsMapper _updates = new(configuration, local);

    /// <summary>True when the configuration lets somebody update the zone.</summary>
    public static bool IsDynamic(ZoneConfiguration zone) =>
        zone.Kind == ZoneKind.Primary
        && (zone.UpdatePolicy is not null
            || zone.Settings.AllowUpdate.Value.Elements.Any(static element => element is not AddressMatchElement.None));

    /// <summary>The settings of a primary or secondary zone.</summary>
    public ZoneWriterSettings Map(ZoneConfiguration zone, string logName) => new()
    {
        LogName = logName,
        Position = zone.Position.ToString(),
        File = zone.FilePath,
        FileStyle = zone.Settings.MasterfileStyle.Value == MasterFileStyle.Full ? ZoneFileStyle.Full : ZoneFileStyle.Relative,
        Checks = ServingStateMapper.Checks(zone),
        IsDynamic = IsDynamic(zone),
        IsSecondary = zone.Kind == ZoneKind.Secondary,
        Updates = _updates.Map(zone),
        Retention = RetentionSettings.For(retention, zone.Settings.MaxJournalSizeBytes.Value),
    };
}
