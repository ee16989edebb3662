using System.Reflection;
using System.Text.RegularExpressions;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Finds what a configuration says that this version reads but does not act on, so that each such statement is named
/// once. A setting counts as
/// used only when it is listed here: a new one in the model is reported until it is wired.
/// </summary>
internal static partial class SettingsWithoutEffect
{
    private static readonly HashSet<string> Used =
    [
        nameof(ServerOptions.Directory), nameof(ServerOptions.Port), nameof(ServerOptions.PidFile), nameof(ServerOptions.Version),
        nameof(ServerOptions.HostName), nameof(ServerOptions.ServerId), nameof(ServerOptions.Blackhole), nameof(ServerOptions.QueryLog),
        nameof(ServerOptions.MatchMappedAddresses), nameof(ServerOptions.AnswerCookie), nameof(ServerOptions.TcpClients),
        nameof(ServerOptions.TcpIdleTimeout), nameof(ServerOptions.TcpInitialTimeout), nameof(ServerOptions.TcpKeepaliveTimeout),
        nameof(ServerOptions.TcpAdvertisedTimeout), nameof(ServerOptions.TcpListenQueue), nameof(ServerOptions.TransfersOut),
        nameof(ServerOptions.TransferMessageSize), nameof(ServerOptions.UdpReceiveBuffer), nameof(ServerOptions.UdpSendBuffer),
        nameof(ServerOptions.ReusePort), nameof(ServerOptions.CookieAlgorithm),
        nameof(ViewSettings.MatchClients), nameof(ViewSettings.MatchDestinations), nameof(ViewSettings.MatchRecursiveOnly),
        nameof(ViewSettings.MinimalResponses), nameof(ViewSettings.MinimalAny), nameof(ViewSettings.MaxUdpSize),
        nameof(ViewSettings.EdnsUdpSize), nameof(ViewSettings.RequireServerCookie),
        nameof(ZoneSettings.AllowQuery), nameof(ZoneSettings.AllowQueryOn), nameof(ZoneSettings.AllowTransfer),
        nameof(ZoneSettings.MaxRecords), nameof(ZoneSettings.MaxTransferTimeOut), nameof(ZoneSettings.MaxTransferIdleOut),
        nameof(ZoneSettings.CheckNames), nameof(ZoneSettings.CheckMx), nameof(ZoneSettings.CheckMxCname),
        nameof(ZoneSettings.CheckSrvCname), nameof(ZoneSettings.CheckDupRecords), nameof(ZoneSettings.CheckSpf),
        nameof(ZoneSettings.CheckIntegrity), nameof(ZoneSettings.CheckSibling), nameof(ZoneSettings.CheckWildcard),
        nameof(ZoneSettings.MaxZoneTtl), nameof(ZoneSettings.ZeroNoSoaTtl), nameof(ZoneSettings.AllowUpdate),
        nameof(ZoneSettings.MaxRecordsPerType), nameof(ZoneSettings.MaxTypesPerName), nameof(ZoneSettings.SerialUpdateMethod),
        nameof(ZoneSettings.MaxIxfrRatioPercent), nameof(ZoneSettings.MaxJournalSizeBytes), nameof(ZoneSettings.MasterfileStyle),
        nameof(ViewSettings.ProvideIxfr), nameof(ServerOptions.SessionKeyName), nameof(ServerOptions.SessionKeyAlgorithm),
        nameof(ServerOptions.SessionKeyFile),
    ];

    /// <summary>The statements without effect, each with the place where it stands.</summary>
    public static IEnumerable<(string Statement, SourcePosition Position)> In(NamedConfiguration configuration)
    {
        foreach ((string, SourcePosition) found in Written(configuration.Options))
            yield return found;
        foreach (ViewConfiguration view in configuration.Views)
        {
            foreach ((string, SourcePosition) found in Written(view.Settings))
                yield return found;
            foreach (ZoneConfiguration zone in view.Zones)
            {
                foreach ((string, SourcePosition) found in Written(zone.Settings))
                    yield return found;
            }
        }

        foreach (UnsupportedStatement statement in configuration.UnsupportedStatements)
            yield return (statement.Name, statement.Position);
        foreach (ServerPeer server in configuration.Servers)
            yield return ("server", server.Position);
        foreach (ListenOn listen in configuration.Options.ListenOn)
        {
            if (listen.Tls is not (null or "none"))
                yield return ("listen-on … tls", listen.Position);
            else if (listen.Http is not null)
                yield return ("listen-on … http", listen.Position);
        }

        foreach (StatisticsChannel channel in configuration.StatisticsChannels)
            yield return ("statistics-channels", channel.Position);
        foreach (ControlChannel channel in configuration.Controls ?? [])
            yield return ("controls", channel.Position);
    }

    private static IEnumerable<(string Statement, SourcePosition Position)> Written(object settings)
    {
        foreach (PropertyInfo property in settings.GetType().GetProperties())
        {
            if (Used.Contains(property.Name) || property.GetValue(settings) is not { } setting
                || !property.PropertyType.IsGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Setting<>))
            {
                continue;
            }

            SourcePosition origin = (SourcePosition)property.PropertyType.GetProperty(nameof(Setting<>.Origin))!.GetValue(setting)!;
            object? value = property.PropertyType.GetProperty(nameof(Setting<>.Value))!.GetValue(setting);
            bool saysNo = value is null or false || value.ToString() is "No" or "None";
            if (origin != SourcePosition.None && !saysNo)
                yield return (WordOf(property.Name), origin);
        }
    }

    /// <summary>The statement that a setting is read from: its name with hyphens, but for a few.</summary>
    private static string WordOf(string setting) => setting switch
    {
        nameof(ServerOptions.SessionKeyName) => "session-keyname",
        nameof(ServerOptions.SessionKeyAlgorithm) => "session-keyalg",
        nameof(ServerOptions.SessionKeyFile) => "session-keyfile",
        nameof(ZoneSettings.MaxIxfrRatioPercent) => "max-ixfr-ratio",
        nameof(ZoneSettings.MaxJournalSizeBytes) => "max-journal-size",
        _ => WordBorder().Replace(setting, "-$0").ToLowerInvariant(),
    };

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordBorder();
}
