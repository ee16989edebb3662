using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;

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
        ChangeOrigin.Control => "control",
        ChangeOrigin.Recovery => "recovery",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public static ChangeOrigin ParseOrigin(string word) => word switch
    {
        "update" => ChangeOrigin.Update,
        "transfer" => ChangeOrigin.Transfer,
        "reload" => ChangeOrigin.Reload,
        "sign" => ChangeOrigin.Sign,
        "rollback" => ChangeOrigin.Rollback,
        "control" => ChangeOrigin.Control,
        "recovery" => ChangeOrigin.Recovery,
        _ => throw new InvalidDataException($"the store holds an unknown origin '{word}'"),
    };

    public static string Of(MemberState state) => state switch
    {
        MemberState.Starting => "starting",
        MemberState.Serving => "serving",
        MemberState.Draining => "draining",
        MemberState.Left => "left",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static MemberState ParseState(string word) => word switch
    {
        "starting" => MemberState.Starting,
        "serving" => MemberState.Serving,
        "draining" => MemberState.Draining,
        "left" => MemberState.Left,
        _ => throw new InvalidDataException($"the store holds an unknown state of a node '{word}'"),
    };

    public static string Of(KeyKind kind) => kind switch
    {
        KeyKind.Tsig => "tsig",
        KeyKind.Cookie => "cookie",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static KeyKind ParseKeyKind(string word) => word switch
    {
        "tsig" => KeyKind.Tsig,
        "cookie" => KeyKind.Cookie,
        _ => throw new InvalidDataException($"the store holds an unknown kind of key '{word}'"),
    };

    public static string Of(KeyState state) => state switch
    {
        KeyState.Pending => "pending",
        KeyState.Active => "active",
        KeyState.Retiring => "retiring",
        KeyState.Retired => "retired",
        KeyState.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static KeyState ParseKeyState(string word) => word switch
    {
        "pending" => KeyState.Pending,
        "active" => KeyState.Active,
        "retiring" => KeyState.Retiring,
        "retired" => KeyState.Retired,
        "revoked" => KeyState.Revoked,
        _ => throw new InvalidDataException($"the store holds an unknown state of a key '{word}'"),
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
