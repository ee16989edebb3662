using System.Collections.Immutable;
using System.Security.Cryptography;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Host.Wiring;

/// <summary>What is served: made from the configuration, with the registry's keys and what commands have set since on top.</summary>
internal sealed class ServingPublisher(LocalAddressBook local)
{
    private readonly byte[] _cookieSecret = RandomNumberGenerator.GetBytes(SipHash24.KeyBytes);
    private readonly Lock _turn = new(); // Configuration, commands and keys come from different sides.
    private NamedConfiguration? _configuration;
    private ImmutableArray<RegisteredKey> _registered = [];
    private bool? _queryLog;
    private StreamTimeouts? _timeouts;

    /// <summary>Where the listeners find it.</summary>
    public PublishedState Published { get; } = new(new ServingState
    {
        Views = new ViewTable([new View { Zones = new ZoneTable([]) }], new ZoneTable([])),
    });

    /// <summary>The key of <c>nsupdate -l</c>; null when there is none.</summary>
    public TsigKey? SessionKey { get; set; }

    /// <summary>The keys of the configuration in force.</summary>
    public IReadOnlyList<TsigKey> ConfiguredKeys
    {
        get
        {
            lock (_turn)
                return _configuration is null ? [] : Mapper(_configuration).ConfiguredKeys;
        }
    }

    /// <summary>True when cookies are made with the registry's secrets and not with configured ones.</summary>
    public bool ManagesCookies
    {
        get
        {
            lock (_turn)
                return _configuration is { Options: { AnswerCookie.Value: true, CookieSecrets: [] } };
        }
    }

    /// <summary>The keys of the registry.</summary>
    public ImmutableArray<RegisteredKey> Registered
    {
        get
        {
            lock (_turn)
                return _registered;
        }

        set
        {
            lock (_turn)
            {
                _registered = value;
                if (_configuration is not null)
                    Published.Publish(Mapper(_configuration).WithKeys(Published.Current));
            }
        }
    }

    /// <summary>True when every query is logged.</summary>
    public bool LogsQueries => Published.Current.LogQueries;

    /// <summary>Time-outs of stream connections that a command has set; null leaves the configured ones.</summary>
    public StreamTimeouts? Timeouts
    {
        get => _timeouts;
        set
        {
            lock (_turn)
            {
                _timeouts = value;
                if (value is { } set)
                    Published.Publish(Published.Current with { KeepaliveHundredMilliseconds = set.AdvertisedHundredMilliseconds });
            }
        }
    }

    /// <summary>Turns the logging of queries on or off, for good: another configuration does not change it back.</summary>
    public void SetQueryLog(bool isOn)
    {
        lock (_turn)
        {
            _queryLog = isOn;
            Published.Publish(Published.Current with { LogQueries = isOn });
        }
    }

    /// <summary>Serves one zone as a configuration has it, or no longer; the rest stays as it is.</summary>
    public void Publish(NamedConfiguration configuration, ZoneStep step, DomainName name)
    {
        lock (_turn)
        {
            _configuration = configuration;
            ServedZone? served = step is { Zone: { } zone, Runtime: { } runtime }
                ? Mapper(configuration).Map(step.View, zone, runtime)
                : null;
            ServingState state = Published.Current;
            IEnumerable<View> views = state.Views.Views.Select(
                view => view.Name == step.View.Name ? view with { Zones = view.Zones.With(name, served) } : view);
            Published.Publish(state with { Views = new ViewTable([.. views], state.Views.Chaos) });
        }
    }

    /// <summary>Serves a configuration with the zones that are at hand.</summary>
    public void Publish(NamedConfiguration configuration, Func<ViewConfiguration, ZoneConfiguration, ZoneRuntime?> zones)
    {
        lock (_turn)
        {
            _configuration = configuration;
            ServingState state = Mapper(configuration).Map(zones);
            if (_queryLog is { } isOn)
                state = state with { LogQueries = isOn };
            if (_timeouts is { } timeouts)
                state = state with { KeepaliveHundredMilliseconds = timeouts.AdvertisedHundredMilliseconds };
            Published.Publish(state);
        }
    }

    private ServingStateMapper Mapper(NamedConfiguration configuration) =>
        new(configuration, local, _cookieSecret, SessionKey, _registered);
}
