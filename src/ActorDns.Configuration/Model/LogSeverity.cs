namespace ActorDns.Configuration.Model;

/// <summary>The least severity a log channel takes.</summary>
public enum LogSeverity
{
    /// <summary>Debugging of the level given.</summary>
    Debug,

    /// <summary>Ordinary events.</summary>
    Info,

    /// <summary>Events worth a look.</summary>
    Notice,

    /// <summary>Things to mend.</summary>
    Warning,

    /// <summary>Failures.</summary>
    Error,

    /// <summary>Failures the server does not survive.</summary>
    Critical,

    /// <summary>As the server's debug level says.</summary>
    Dynamic,
}
