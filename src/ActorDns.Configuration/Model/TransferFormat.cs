namespace ActorDns.Configuration.Model;

/// <summary>How many records a transfer message carries.</summary>
public enum TransferFormat
{
    /// <summary>As many as fit.</summary>
    ManyAnswers,

    /// <summary>One.</summary>
    OneAnswer,
}
