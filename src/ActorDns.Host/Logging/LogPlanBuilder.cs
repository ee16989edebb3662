using System.Collections.Frozen;
using System.Collections.Immutable;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Logging;

/// <summary>Makes the plan of a <c>logging</c> block and of the channels and categories that BIND predefines.</summary>
internal sealed class LogPlanBuilder(LogSettings settings, TimeProvider clock, TextWriter standardError)
{
    private const string DefaultCategory = "default";
    private const string UnmatchedCategory = "unmatched";
    private const string DebugFile = "named.run";

    private readonly Dictionary<string, LogRoute?> _routes = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ILogSink>.Builder _sinks = ImmutableArray.CreateBuilder<ILogSink>();

    /// <summary>Builds it. Nothing is opened before the first line.</summary>
    public LogPlan Build()
    {
        Dictionary<string, ImmutableArray<LogRoute>> categories = new(StringComparer.OrdinalIgnoreCase);
        if (settings.IsStandardErrorOnly)
        {
            categories[DefaultCategory] = Routes(["default_stderr"]);
        }
        else
        {
            categories[UnmatchedCategory] = [];
            foreach (LogCategory category in settings.Configuration?.Categories ?? [])
                categories[category.Name] = Routes(category.Channels);
            if (!categories.ContainsKey(DefaultCategory))
                categories[DefaultCategory] = Routes(DefaultChannels());
        }

        return new LogPlan(
            categories.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), categories[DefaultCategory], _sinks.ToImmutable());
    }

    private ImmutableArray<string> DefaultChannels()
    {
        if (settings.LogFile is not null)
            return ["default_logfile", "default_debug"];
        return settings.PrefersStandardError ? ["default_stderr", "default_debug"] : ["default_syslog", "default_debug"];
    }

    private ImmutableArray<LogRoute> Routes(IEnumerable<string> names) => [.. names.Select(RouteOf).OfType<LogRoute>()];

    /// <summary>A channel's route, made once; null for a channel that throws its lines away.</summary>
    private LogRoute? RouteOf(string name)
    {
        if (_routes.TryGetValue(name, out LogRoute? known))
            return known;
        LogChannel? channel = settings.Configuration?.Channels.LastOrDefault(c => c.Name == name) ?? Predefined(name);
        LogRoute? route = channel is null || SinkOf(channel) is not { } sink
            ? null
            : new LogRoute(channel, sink, NeedsDebug: name == "default_debug");
        return _routes[name] = route;
    }

    private LogChannel? Predefined(string name) => name switch
    {
        "default_syslog" => new LogChannel(name, LogDestination.Syslog, SourcePosition.None),
        "default_debug" => new LogChannel(name, LogDestination.File, SourcePosition.None)
        {
            FilePath = DebugFile,
            Severity = LogSeverity.Dynamic,
            PrintTime = LogTimeFormat.Local,
        },
        "default_stderr" => new LogChannel(name, LogDestination.StandardError, SourcePosition.None)
        {
            Severity = LogSeverity.Dynamic,
            PrintTime = settings.IsJournal ? LogTimeFormat.None : LogTimeFormat.Local,
        },
        "default_logfile" => new LogChannel(name, LogDestination.File, SourcePosition.None)
        {
            FilePath = settings.LogFile,
            Severity = LogSeverity.Dynamic,
            PrintTime = LogTimeFormat.Local,
            PrintCategory = true,
            PrintSeverity = true,
        },
        _ => null,
    };

    private ILogSink? SinkOf(LogChannel channel)
    {
        LogLineFormat format = LogLineFormat.Of(channel, clock.LocalTimeZone);
        ILogSink? sink = channel.Destination switch
        {
            LogDestination.File => FileSink(channel, format),
            LogDestination.Syslog => new SyslogSink(
                settings.SyslogSocket, SyslogFacility.NumberOf(channel.SyslogFacility), settings.Ident, format, clock.LocalTimeZone),
            LogDestination.StandardError => new StandardErrorSink(standardError, format, settings.IsJournal),
            _ => null,
        };
        if (sink is not null)
            _sinks.Add(sink);
        return sink;
    }

    private FileLogSink FileSink(LogChannel channel, LogLineFormat format)
    {
        string directory = Path.GetFullPath(settings.Directory is "" ? "." : settings.Directory);
        string path = Path.GetFullPath(channel.FilePath ?? DebugFile, directory);
        FileRoller roller = new(path, channel.Versions, channel.Suffix, clock);
        return new FileLogSink(path, format, roller, channel.SizeBytes, channel.Buffered);
    }
}
