namespace ActorDns.Server.Views;

/// <summary>The one place from which listeners read what to serve; a reload writes it.</summary>
/// <param name="initial">What is served first.</param>
public sealed class PublishedState(ServingState initial)
{
    private volatile ServingState _current = initial;

    /// <summary>What is served now. Read it once and answer from that.</summary>
    public ServingState Current => _current;

    /// <summary>Replaces it for all requests that begin from now on.</summary>
    public void Publish(ServingState next) => _current = next;
}
