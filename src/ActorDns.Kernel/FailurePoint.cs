namespace ActorDns.Kernel;

/// <summary>Where in an actor's life an exception was thrown.</summary>
public enum FailurePoint
{
    /// <summary>In the props factory or in PreStart.</summary>
    Start,

    /// <summary>While handling messages, or in the loop of a dedicated thread.</summary>
    Receive,

    /// <summary>In a child that escalated.</summary>
    Child,

    /// <summary>In PreRestart; the restart goes on.</summary>
    PreRestart,

    /// <summary>In PostStop; the stop goes on.</summary>
    PostStop,

    /// <summary>In a wake hook, a cancellation callback or a strategy's decision.</summary>
    Hook,
}
