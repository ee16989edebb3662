namespace ActorDns.Storage.Sql;

/// <summary>One step of the schema.</summary>
/// <param name="Version">Its number.</param>
/// <param name="MinimumReader">Number of the migration that a program must know to use the schema after it.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Version, int MinimumReader, string Sql);
