using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Updates;
using UpdatePolicy = ActorDns.Zones.Updates.UpdatePolicy;

namespace ActorDns.Host.Wiring;

/// <summary>Makes what a configuration says about updates of a zone into what updates are evaluated by.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="local">The host's own addresses.</param>
internal sealed class UpdateSettingsMapper(NamedConfiguration configuration, LocalAddressBook local)
{
    private readonly MatchListMapper _lists = new(configuration, local);

    /// <summary>The settings of a primary zone that is open for updates.</summary>
    public UpdateSettings Map(ZoneConfiguration zone)
    {
        ZoneSettings settings = zone.Settings;
        return new UpdateSettings
        {
            AllowQuery = _lists.Map(settings.AllowQuery.Value),
            AllowUpdate = _lists.Map(settings.AllowUpdate.Value),
            Policy = zone.UpdatePolicy is { } policy ? Map(policy) : null,
            SerialMethod = MethodOf(zone),
            MaxRecords = settings.MaxRecords.Value,
            MaxRecordsPerType = settings.MaxRecordsPerType.Value,
            MaxTypesPerName = settings.MaxTypesPerName.Value,
            MaxTtlSeconds = settings.MaxZoneTtl.Value is { } most ? (uint)most.TotalSeconds : null,
            CheckNames = ServingStateMapper.Level(settings.CheckNames.Value),
            CheckMx = ServingStateMapper.Level(settings.CheckMx.Value),
            CheckIntegrity = settings.CheckIntegrity.Value,
        };
    }

    /// <summary>How a zone's serial is raised.</summary>
    public static SerialMethod MethodOf(ZoneConfiguration zone) => zone.Settings.SerialUpdateMethod.Value switch
    {
        SerialUpdateMethod.Date => SerialMethod.Date,
        SerialUpdateMethod.UnixTime => SerialMethod.UnixTime,
        _ => SerialMethod.Increment,
    };

    private UpdatePolicy Map(Configuration.Model.UpdatePolicy policy)
    {
        if (!policy.IsLocal)
            return new UpdatePolicy([.. policy.Rules.Select(Map)]);
        string name = configuration.Options.SessionKeyName.Value;
        MatchList localHost = MatchList.Create([MatchElement.LocalHost(source: policy.Position.ToString())], local);
        return DomainName.TryParse(name, DomainName.Root, out DomainName key)
            ? UpdatePolicy.Local(key, localHost)
            : new UpdatePolicy([]);
    }

    // The names of the rule types are the same on both sides; a test goes through all of them.
    private static UpdatePolicyRule Map(UpdateRule rule) => new(
        rule.IsGrant,
        rule.Identity,
        Enum.Parse<UpdateRuleKind>(rule.Type.ToString()),
        rule.Name,
        [.. rule.RecordTypes.Select(type => new UpdateRuleTypeLimit(type.Type, type.MaxRecords ?? 0))],
        rule.Position.ToString());
}
