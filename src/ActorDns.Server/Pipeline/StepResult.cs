namespace ActorDns.Server.Pipeline;

/// <summary>What a step of the pipeline asks for.</summary>
public enum StepResult
{
    /// <summary>Go on with the next step.</summary>
    Continue,

    /// <summary>Write the reply as it is decided now; the remaining steps are left out.</summary>
    Reply,

    /// <summary>Send nothing.</summary>
    Drop,

    /// <summary>
    /// A transfer session takes over (<see cref="RequestScratch.Transfer"/>), or a zone's writer (<see cref="RequestScratch.Update"/>).
    /// </summary>
    HandOff,
}
