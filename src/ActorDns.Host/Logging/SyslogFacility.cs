using System.Collections.Frozen;

namespace ActorDns.Host.Logging;

/// <summary>The numbers of the facilities (RFC 3164 §4.1.1).</summary>
internal static class SyslogFacility
{
    private const int Daemon = 3;

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["kern"] = 0,
        ["user"] = 1,
        ["mail"] = 2,
        ["daemon"] = Daemon,
        ["auth"] = 4,
        ["syslog"] = 5,
        ["lpr"] = 6,
        ["news"] = 7,
        ["uucp"] = 8,
        ["cron"] = 9,
        ["authpriv"] = 10,
        ["ftp"] = 11,
        ["local0"] = 16,
        ["local1"] = 17,
        ["local2"] = 18,
        ["local3"] = 19,
        ["local4"] = 20,
        ["local5"] = 21,
        ["local6"] = 22,
        ["local7"] = 23,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of a name; an unknown one is <c>daemon</c>.</summary>
    public static int NumberOf(string name) => Numbers.GetValueOrDefault(name, Daemon);
}
