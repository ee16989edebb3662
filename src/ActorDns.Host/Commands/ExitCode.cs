namespace ActorDns.Host.Commands;

/// <summary>Exit codes of all commands.</summary>
internal static class ExitCode
{
    /// <summary>Done, or found good.</summary>
    public const int Success = 0;

    /// <summary>Failed, or found bad; the reason was said.</summary>
    public const int Failure = 1;

    /// <summary>Called in a way that makes no sense.</summary>
    public const int Usage = 2;
}
