using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>Looks statements up from the innermost block outwards: zone, view, options.</summary>
internal sealed class SettingScope(ModelReader reader, params SyntaxValue.Block?[] blocks)
{
    public Statement? Find(string name)
    {
        foreach (SyntaxValue.Block? block in blocks)
        {
            if (block?.Find(name) is { } statement)
                return statement;
        }

        return null;
    }

    /// <summary>All statements of that name in the innermost block that has any.</summary>
    public ImmutableArray<Statement> FindAll(string name)
    {
        foreach (SyntaxValue.Block? block in blocks)
        {
            if (block is not null && block.FindAll(name).ToImmutableArray() is { IsEmpty: false } found)
                return found;
        }

        return [];
    }

    public Setting<T> Read<T>(string name, T fallback, Func<Statement, T> convert) =>
        Find(name) is { } statement ? new(convert(statement), statement.Position) : new(fallback, SourcePosition.None);

    public Setting<bool> Flag(string name, bool fallback) => Read(name, fallback, s => s.Text == "yes");

    public Setting<int> Number(string name, int fallback) => Read(name, fallback, s => Clamp(s.Scalar.AsNumber(), fallback));

    public Setting<TimeSpan> Seconds(string name, int fallback) =>
        Read(name, TimeSpan.FromSeconds(fallback), s => TimeSpan.FromSeconds(s.Scalar.AsNumber() ?? fallback));

    public Setting<TimeSpan> Minutes(string name, int fallback) =>
        Read(name, TimeSpan.FromMinutes(fallback), s => TimeSpan.FromMinutes(Clamp(s.Scalar.AsNumber(), fallback)));

    /// <summary>Tenths of a second, as BIND counts the times of TCP connections.</summary>
    public Setting<TimeSpan> Tenths(string name, int fallback) =>
        Read(name, TimeSpan.FromMilliseconds(fallback * 100L), s => TimeSpan.FromMilliseconds(Clamp(s.Scalar.AsNumber(), fallback) * 100L));

    public Setting<AddressMatchList> Clients(string name, AddressMatchList fallback) => Read(name, fallback, reader.MatchList);

    public AddressMatchList ListOf(Statement statement) => reader.MatchList(statement);

    public Setting<T> Word<T>(string name, T fallback, params (string Word, T Value)[] words) =>
        Read(name, fallback, s => Choose(s.Text, fallback, words));

    public Setting<SourceAddress> Source(string name) =>
        Read(name, new SourceAddress(null, null), s => ModelReader.Source(s.Values));

    public Setting<ImmutableArray<RemoteServer>> Servers(string name) =>
        Read<ImmutableArray<RemoteServer>>(name, [], s => reader.Resolve(ModelReader.ServerList("", s)));

    public static T Choose<T>(string? text, T fallback, params (string Word, T Value)[] words)
    {
        foreach ((string word, T value) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return fallback;
    }

    public static int Clamp(long? number, int fallback) => (int)Math.Clamp(number ?? fallback, int.MinValue, int.MaxValue);
}
