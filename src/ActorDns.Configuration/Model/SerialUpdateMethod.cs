namespace ActorDns.Configuration.Model;

/// <summary>How an update raises the SOA serial.</summary>
public enum SerialUpdateMethod
{
    /// <summary>By one.</summary>
    Increment,

    /// <summary>To the date and two digits or by one.</summary>
    Date,

    /// <summary>To the seconds since 1970 or by one.</summary>
    UnixTime,
}
