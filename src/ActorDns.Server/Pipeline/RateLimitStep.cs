namespace ActorDns.Server.Pipeline;

/// <summary>Holds back replies that look like an attack on somebody else (<c>rate-limit</c>).</summary>
internal static class RateLimitStep
{
    public static StepResult Run(ref Request request) => StepResult.Reply;
}
