namespace ActorDns.Actors.Keys;

/// <summary>What an authenticator under the cluster secret says of a text.</summary>
public enum Authenticity
{
    /// <summary>The text is as it was when the authenticator was made.</summary>
    Authentic,

    /// <summary>Text or authenticator is not as it was made.</summary>
    Altered,

    /// <summary>The authenticator was made with a secret that is not here.</summary>
    OtherSecret,
}
