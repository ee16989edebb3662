namespace ActorDns.Storage.Sql;

/// <summary>The counters by which nodes that share a store see that something changed which is not in the journal.</summary>
internal static class SqlRevisions
{
    /// <summary>Zones added, changed, removed, frozen or thawed.</summary>
    public const string ZoneSet = "zone-set";

    /// <summary>Keys of the registry.</summary>
    public const string Keys = "keys";

    /// <summary>
    /// Counts a change in the transaction that makes it. As its last statement, since whoever counts the same topic waits until it ends.
    /// </summary>
    public static async ValueTask GrowAsync(SqlSession session, string topic)
    {
        if (!session.Backend.IsShared)
            return;
        if (await session.ExecuteAsync("UPDATE store_revision SET revision = revision + 1 WHERE topic = @topic", ("topic", topic)) != 1)
            throw new InvalidDataException($"the store does not count '{topic}'");
    }
}
