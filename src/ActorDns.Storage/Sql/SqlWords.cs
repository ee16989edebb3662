using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Domain values as the words that stand in the tables, and back.</summary>
internal static class SqlWords
{
    /// <summary>A name in lower case with its final dot. Escapes are decimal, so that no escape changes with the case.</summary>
    public static string Of(DomainName name) => name.ToString().ToLowerInvariant();

    public static string Of(RecordClass recordClass) => recordClass.ToString();

    public static string Of(ChangeOrigin origin) => origin switch
    {
        ChangeOrigin.Update => "update",
        ChangeOrigin.Transfer => "transfer",
        ChangeOrigin.Reload => "reload",
        ChangeOrigin.Sign => "sign",
        ChangeOrigin.Rollback => "rollback",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public static ChangeOrigin ParseOrigin(string word) => word switch
    {
        "update" => ChangeOrigin.Update,
        "transfer" => ChangeOrigin.Transfer,
        "reload" => ChangeOrigin.Reload,
        "sign" => ChangeOrigin.Sign,
        "rollback" => ChangeOrigin.Rollback,
        _ => throw new InvalidDataException($"the store holds an unknown origin '{word}'"),
    };

    public static ZoneKey ParseKey(string name, string recordClass, string view)
    {
        ushort number = recordClass switch
        {
            "IN" => RecordClass.In.Value,
            "CH" => RecordClass.Ch.Value,
            "HS" => RecordClass.Hs.Value,
            _ when recordClass.StartsWith("CLASS", StringComparison.Ordinal)
                && ushort.TryParse(recordClass.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out ushort other) => other,
            _ => throw new InvalidDataException($"the store holds an unknown class '{recordClass}'"),
        };
        return DomainName.TryParse(name, DomainName.Root, out DomainName parsed)
            ? new ZoneKey(parsed, new RecordClass(number), view)
            : throw new InvalidDataException($"the store holds an unreadable zone name '{name}'");
    }
}
