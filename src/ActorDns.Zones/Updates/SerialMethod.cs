namespace ActorDns.Zones.Updates;

/// <summary>How an update raises the serial (<c>serial-update-method</c>).</summary>
public enum SerialMethod
{
    /// <summary>By one.</summary>
    Increment,

    /// <summary>To the day as <c>YYYYMMDD00</c>, or by one where that is not newer.</summary>
    Date,

    /// <summary>To the seconds since 1970, or by one where that is not newer.</summary>
    UnixTime,
}
