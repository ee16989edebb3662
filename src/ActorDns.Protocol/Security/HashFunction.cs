namespace ActorDns.Protocol.Security;

/// <summary>The hash functions under HMAC that TSIG uses (RFC 8945 §6).</summary>
internal enum HashFunction
{
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}
