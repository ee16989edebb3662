using System.Collections.Immutable;
using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>Reads the value types that several statements share out of the tree.</summary>
internal sealed class ModelReader(SyntaxValue.Block root)
{
    private static readonly string[] ListStatements = ["remote-servers", "primaries", "masters", "parental-agents"];
    private readonly Dictionary<string, RemoteServerList> _lists = new(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<RemoteServerList> ReadServerLists()
    {
        foreach (Statement statement in root.Statements.Where(s => ListStatements.Contains(s.Name)))
        {
            RemoteServerList list = ServerList(statement.Text ?? "", statement);
            _lists.TryAdd(list.Name, list);
        }

        return [.. _lists.Values];
    }

    /// <summary>The first list of a statement as an address match list; refuses everybody when there is none.</summary>
    public AddressMatchList MatchList(Statement statement) => MatchList(statement.List);

    public AddressMatchList MatchList(SyntaxValue? value) =>
        value is SyntaxValue.List list
            ? new([.. list.Items.Select(i => Element(i, isNegated: false))], list.Position)
            : AddressMatchList.None;

    public static RemoteServerList ServerList(string name, Statement statement) => ServerList(name, statement.Values, statement.Position);

    public static RemoteServerList ServerList(string name, ImmutableArray<SyntaxValue> values, SourcePosition at) => new(
        name,
        Port(values),
        AddressOf(values.Option("source")),
        AddressOf(values.Option("source-v6")),
        values.OfType<SyntaxValue.List>().FirstOrDefault() is { } list ? [.. list.Items.Select(ServerElement)] : [],
        at);

    /// <summary>Follows the names of lists; a key or TLS configuration at the reference holds for elements without their own.</summary>
    public ImmutableArray<RemoteServer> Resolve(RemoteServerList list)
    {
        var servers = ImmutableArray.CreateBuilder<RemoteServer>();
        Resolve(list, null, null, new HashSet<string>(StringComparer.OrdinalIgnoreCase), servers);
        return servers.ToImmutable();
    }

    public static SourceAddress Source(ImmutableArray<SyntaxValue> values)
    {
        SyntaxValue.Scalar? address = values.OfType<SyntaxValue.Scalar>().FirstOrDefault(s => s.Kind == ScalarKind.Address);
        IPAddress? parsed = address is null || address.Text == "*" ? null : AddressOf(address);
        int? port = Port(values);
        return new SourceAddress(parsed, port is 0 ? null : port);
    }

    public static IPAddress? AddressOf(SyntaxValue? value) =>
        value.AsText() is { } text && IPAddress.TryParse(text, out IPAddress? address) ? address : null;

    public static int? Port(ImmutableArray<SyntaxValue> values) =>
        values.Option("port").AsNumber() is { } port ? (int)Math.Min(port, int.MaxValue) : null;

    public static DomainName? Name(string? text) =>
        text is not null && DomainName.TryParse(text, DomainName.Root, out DomainName name) ? name : null;

    private void Resolve(
        RemoteServerList list, DomainName? key, string? tls, HashSet<string> seen, ImmutableArray<RemoteServer>.Builder into)
    {
        foreach (RemoteServerElement element in list.Elements)
        {
            if (element.Address is { } address)
            {
                bool isV4 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
                into.Add(new RemoteServer(
                    address, element.Port ?? list.Port, element.Key ?? key, element.Tls ?? tls, element.Position)
                {
                    Source = isV4 ? list.Source : list.SourceV6,
                });
            }
            else if (element.ListName is { } name && _lists.TryGetValue(name, out RemoteServerList? named) && seen.Add(name))
            {
                Resolve(named, element.Key ?? key, element.Tls ?? tls, seen, into);
            }
        }
    }

    private static RemoteServerElement ServerElement(SyntaxValue value)
    {
        ImmutableArray<SyntaxValue> parts = value.Parts();
        var first = parts[0] as SyntaxValue.Scalar;
        IPAddress? address = first?.Kind == ScalarKind.Address ? AddressOf(first) : null;
        return new RemoteServerElement(
            address,
            address is null ? first?.Text : null,
            Port(parts),
            Name(parts.Option("key").AsText()),
            parts.Option("tls").AsText(),
            value.Position);
    }

    private AddressMatchElement Element(SyntaxValue value, bool isNegated)
    {
        AddressMatchElement element = value switch
        {
            SyntaxValue.Negated negated => Element(negated.Inner, !isNegated),
            SyntaxValue.List => new AddressMatchElement.Nested(MatchList(value)),
            SyntaxValue.Option { Keyword: "key" } key => new AddressMatchElement.Key(Name(key.Value.AsText()) ?? DomainName.Root),
            SyntaxValue.Scalar { Kind: ScalarKind.Prefix } prefix => PrefixOf(prefix),
            SyntaxValue.Scalar scalar => Named(scalar.Text),
            _ => new AddressMatchElement.GeoIp(string.Join(' ', Texts(value))),
        };
        return value is SyntaxValue.Negated ? element : element with { IsNegated = isNegated, Position = value.Position };
    }

    private static AddressMatchElement Named(string name) => name.ToUpperInvariant() switch
    {
        "ANY" => new AddressMatchElement.Any(),
        "NONE" => new AddressMatchElement.None(),
        "LOCALHOST" => new AddressMatchElement.LocalHost(),
        "LOCALNETS" => new AddressMatchElement.LocalNets(),
        _ => new AddressMatchElement.AclReference(name),
    };

    private static AddressMatchElement.Prefix PrefixOf(SyntaxValue.Scalar prefix)
    {
        (IPAddress address, int length) = SplitPrefix(prefix.Text);
        return new AddressMatchElement.Prefix(address, length);
    }

    public static (IPAddress Address, int Length) SplitPrefix(string text)
    {
        int slash = text.LastIndexOf('/');
        return (IPAddress.Parse(text[..slash]), int.Parse(text.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> Texts(SyntaxValue value) => value switch
    {
        SyntaxValue.Scalar scalar => [scalar.Text],
        SyntaxValue.Sequence sequence => sequence.Items.SelectMany(Texts),
        SyntaxValue.Option { Value: { } inner } => Texts(inner),
        _ => [],
    };
}
