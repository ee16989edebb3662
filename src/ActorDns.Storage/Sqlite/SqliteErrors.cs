using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace ActorDns.Storage.Sqlite;

/// <summary>What each result code of SQLite means for the caller (sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupt = 9;
    private const int IoError = 10;
    private const int CorruptFile = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;
    private const int IoErrorSharedMemorySize = 4874;

    public static StoreFailure Classify(SqliteException error, bool isCommitting) =>
        new(StatusOf(error.SqliteErrorCode, error.SqliteExtendedErrorCode, isCommitting), error.Message);

    internal static StoreStatus StatusOf(int code, int extendedCode, bool isCommitting) => code switch
    {
        // The frame that commits is the last one written: when there was no room, it is not there.
        Full => StoreStatus.DiskFull,
        IoError when extendedCode == IoErrorSharedMemorySize => StoreStatus.DiskFull,

        // The frames may have reached the disk although the sync said that it failed.
        IoError when isCommitting => StoreStatus.UnknownOutcome,
        IoError or Busy or Locked or NoMemory or Interrupt or CannotOpen => StoreStatus.Unavailable,

        // A constraint guards what the statements have made sure of before (contract 2).
        CorruptFile or NotADatabase or Constraint => StoreStatus.Corrupt,
        ReadOnly or Perm => StoreStatus.Refused,
        _ => StoreStatus.Refused,
    };
}
