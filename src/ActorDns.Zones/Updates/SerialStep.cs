using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Updates;

/// <summary>The serial of the next version (RFC 2136 §3.6, RFC 1982 §3.1).</summary>
public static class SerialStep
{
    /// <summary>The next serial by a method, never 0; the day is that of <paramref name="now"/> in UTC.</summary>
    public static Serial Next(Serial current, SerialMethod method, DateTimeOffset now)
    {
        DateTime day = now.UtcDateTime;
        Serial wanted = method switch
        {
            SerialMethod.Date => new((uint)((((day.Year * 100) + day.Month) * 100) + day.Day) * 100),
            SerialMethod.UnixTime => new((uint)now.ToUnixTimeSeconds()),
            _ => current,
        };
        return wanted.Value != 0 && wanted.IsNewerThan(current) ? wanted : current.Next();
    }
}
