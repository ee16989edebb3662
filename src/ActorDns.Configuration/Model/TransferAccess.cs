namespace ActorDns.Configuration.Model;

/// <summary>Who may transfer a zone, and, when written, only to which port and by which transport.</summary>
public sealed record TransferAccess(int? Port, string? Transport, AddressMatchList Clients)
{
    /// <summary>Nobody, the default.</summary>
    public static TransferAccess None { get; } = new(null, null, AddressMatchList.None);
}
