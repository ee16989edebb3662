using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>What each class of SQLSTATE means for the caller (PostgreSQL, appendix A).</summary>
internal static class PostgreSqlErrors
{
    public static StoreFailure Classify(NpgsqlException error, bool isCommitting) => error is PostgresException answer
        ? new StoreFailure(StatusOf(answer.SqlState, isCommitting), $"{answer.SqlState}: {answer.MessageText}")
        : new StoreFailure(isCommitting ? StoreStatus.UnknownOutcome : StoreStatus.Unavailable, Words(error));

    internal static StoreStatus StatusOf(string state, bool isCommitting)
    {
        if (isCommitting)
        {
            // Only a rollback that the server has told is certain; 40003 says itself that it is not.
            return state[..2] is "23" or "40" && state != PostgresErrorCodes.StatementCompletionUnknown
                ? StoreStatus.Unavailable
                : StoreStatus.UnknownOutcome;
        }

        return state switch
        {
            PostgresErrorCodes.DiskFull => StoreStatus.DiskFull,
            PostgresErrorCodes.ReadOnlySqlTransaction => StoreStatus.Unavailable, // A standby: its primary is elsewhere.
            _ => state[..2] switch
            {
                // Connection, rollback, resources, object state (locks among it), operator intervention.
                "08" or "40" or "53" or "55" or "57" or "58" => StoreStatus.Unavailable,
                "23" or "XX" => StoreStatus.Corrupt, // A constraint guards what the statements have made sure of before.
                _ => StoreStatus.Refused, // Rights, passwords, a missing database, a schema that is not ours.
            },
        };
    }

    private static string Words(NpgsqlException error) =>
        error.InnerException is { } inner ? $"{error.Message}: {inner.Message}" : error.Message;
}
