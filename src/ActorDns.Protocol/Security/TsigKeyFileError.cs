namespace ActorDns.Protocol.Security;

/// <summary>Why an old key file could not be imported.</summary>
public enum TsigKeyFileError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The text is not a key file of a format known (v1.2 and v1.3).</summary>
    UnknownFormat,

    /// <summary>The algorithm's number is none of the HMAC ones.</summary>
    UnknownAlgorithm,

    /// <summary>The key's name is not a domain name.</summary>
    BadName,

    /// <summary>There is no secret, or it is not base64.</summary>
    BadSecret,
}
