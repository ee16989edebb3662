namespace ActorDns.Flood.Updating;

/// <summary>One row of load: how many clients, each with one update under way, of so many records.</summary>
/// <param name="Clients">Sockets, each of which waits for its answer before it sends again.</param>
/// <param name="Records">Records that one message adds, or takes away again.</param>
/// <param name="IsStream">Whether the messages go over TCP.</param>
internal sealed record UpdateWorkload(int Clients, int Records, bool IsStream)
{
    /// <summary>All that are measured.</summary>
    public static readonly UpdateWorkload[] All =
    [
        new(1, 1, false),
        new(10, 1, false),
        new(50, 1, false),
        new(1, 100, true),
        new(10, 100, true),
        new(50, 100, true),
    ];

    /// <summary>As the tables show it.</summary>
    public string Name => $"{Clients} client{(Clients == 1 ? "" : "s")}, {Records} record{(Records == 1 ? "" : "s")} a message, {(IsStream ? "TCP" : "UDP")}";
}
