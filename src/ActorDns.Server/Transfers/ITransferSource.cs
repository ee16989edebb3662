using ActorDns.Protocol.Messages;

namespace ActorDns.Server.Transfers;

/// <summary>The records of one transfer in their order: of a whole zone, or of the differences between versions.</summary>
internal interface ITransferSource
{
    /// <summary>True when the last record has been written.</summary>
    bool IsDone { get; }

    /// <summary>Writes as many records as fit and may be, and returns their number; the next call goes on behind them.</summary>
    int Fill(ref MessageWriter writer, int maxRecords);
}
