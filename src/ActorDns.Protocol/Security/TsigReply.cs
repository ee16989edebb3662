namespace ActorDns.Protocol.Security;

/// <summary>The judgement on one reply.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="SkewSeconds">Our clock less the peer's, where the reply tells it: positive when ours is ahead.</param>
/// <param name="PeerTimeUnixSeconds">The peer's time: Other Data of BADTIME, otherwise Time Signed. To be logged, never set.</param>
public readonly record struct TsigReply(TsigReplyOutcome Outcome, long SkewSeconds = 0, long PeerTimeUnixSeconds = 0)
{
    /// <summary>True for an answer that may be used.</summary>
    public bool IsVerified => Outcome == TsigReplyOutcome.Verified;

    /// <summary>True when the peer has said that it will not answer this request as it is.</summary>
    public bool IsPeerError => Outcome >= TsigReplyOutcome.PeerSaysBadKey;
}
