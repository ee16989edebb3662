using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;

namespace ActorDns.Host.Wiring;

/// <summary>What a configuration means for the zones of the node.</summary>
internal sealed class ZonePlan(NamedConfiguration configuration)
{
    private readonly HashSet<ZoneRuntime> _owned = [];

    /// <summary>The configuration.</summary>
    public NamedConfiguration Configuration { get; } = configuration;

    /// <summary>What each view serves under each name.</summary>
    public Dictionary<(string View, DomainName Name), ZoneRuntime> Served { get; } = [];

    /// <summary>The zones by their own statements; one that another view shows (<c>in-view</c>) is in it once.</summary>
    public Dictionary<ZoneConfiguration, ZoneRuntime> Own { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Zones that are to be loaded.</summary>
    public List<(ViewConfiguration View, ZoneConfiguration Zone, ZoneRuntime Runtime)> Loading { get; } = [];

    /// <summary>Name of a zone in log lines, as BIND writes it: with its view when views are configured.</summary>
    public static string LogName(NamedConfiguration configuration, ViewConfiguration view, ZoneConfiguration zone) =>
        configuration.HasExplicitViews
            ? $"{zone.Name.ToLogString()}/IN/{view.Name}"
            : $"{zone.Name.ToLogString()}/IN";

    /// <inheritdoc cref="LogName(NamedConfiguration, ViewConfiguration, ZoneConfiguration)"/>
    public string LogName(ViewConfiguration view, ZoneConfiguration zone) => LogName(Configuration, view, zone);

    /// <summary>Enters a zone of its own.</summary>
    public void Add(ViewConfiguration view, ZoneConfiguration zone, ZoneRuntime runtime)
    {
        Served[(view.Name, zone.Name)] = runtime;
        Own[zone] = runtime;
        _owned.Add(runtime);
    }

    /// <summary>True when a zone of the plan has it already.</summary>
    public bool HasOwner(ZoneRuntime runtime) => _owned.Contains(runtime);
}
