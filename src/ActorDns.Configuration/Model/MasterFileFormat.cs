namespace ActorDns.Configuration.Model;

/// <summary>How zone data are kept in files.</summary>
public enum MasterFileFormat
{
    /// <summary>The master file format of RFC 1035 §5.</summary>
    Text,

    /// <summary>The binary form of BIND.</summary>
    Raw,
}
