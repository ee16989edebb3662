namespace ActorDns.Host.Logging;

/// <summary>Where a channel's lines end up. Used by the one writer thread alone.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>Takes a line; false when it is lost.</summary>
    bool TryWrite(in LogLine line);

    /// <summary>Hands what was taken to the system.</summary>
    void Flush();

    /// <summary>Opens what has a name again, after somebody has moved it away.</summary>
    void Reopen();
}
