namespace ActorDns.Actors.Keys;

/// <summary>Where the cluster secret comes from: gives what seals, or says why there is nothing.</summary>
/// <param name="mayMake">True when a secret may be made if there is none and this node may make its own.</param>
/// <param name="problem">Why there is none, in words without the secret; empty when there is one.</param>
public delegate KeySealer? SealerSource(bool mayMake, out string problem);
