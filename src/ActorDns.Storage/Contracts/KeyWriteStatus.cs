namespace ActorDns.Storage.Contracts;

/// <summary>How a write of keys ended.</summary>
public enum KeyWriteStatus
{
    /// <summary>All rows were written.</summary>
    Written,

    /// <summary>Nothing was written: a row is not as the writer saw it, or is there already.</summary>
    Lost,

    /// <summary>Nothing was written: the lease has another holder.</summary>
    Fenced,
}
