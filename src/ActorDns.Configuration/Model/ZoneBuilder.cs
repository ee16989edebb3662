using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Model;

/// <summary>Makes zones out of their statements.</summary>
internal sealed class ZoneBuilder(ModelReader reader, SyntaxValue.Block? view, SyntaxValue.Block? options, string directory)
{
    public ZoneConfiguration? Build(Statement statement)
    {
        if (statement.Block is not { } zone || ModelReader.Name(statement.Text) is not { } name)
            return null;
        ZoneKind kind = KindOf(zone);
        SettingScope scope = new(reader, zone, view, options);
        string? file = zone.Find("file")?.Text;
        Statement? primaries = zone.Find("primaries") ?? zone.Find("masters");
        return new ZoneConfiguration(
            name,
            ClassOf(statement),
            kind,
            ZoneSettingsBuilder.Build(scope, new SettingScope(reader, view, options), zone, kind),
            statement.Position)
        {
            TypeWord = zone.Find("type")?.Text ?? "",
            File = file,
            FilePath = file is null ? null : file.StartsWith('/') ? file : directory.TrimEnd('/') + "/" + file,
            Journal = zone.Find("journal")?.Text,
            Primaries = primaries is null ? [] : reader.Resolve(ModelReader.ServerList("", primaries)),
            UpdatePolicy = zone.Find("update-policy") is { } policy ? ReadUpdatePolicy(policy) : null,
            InView = zone.Find("in-view")?.Text,
            Database = zone.Find("database")?.Text,
            Dlz = zone.Find("dlz")?.Text,
            InlineSigning = zone.Find("inline-signing")?.Text == "yes",
            Statement = statement,
        };
    }

    public static ZoneKind KindOf(SyntaxValue.Block zone) =>
        zone.Find("in-view") is not null ? ZoneKind.InView : zone.Find("type")?.Text?.ToUpperInvariant() switch
        {
            "PRIMARY" or "MASTER" => ZoneKind.Primary,
            "SECONDARY" or "SLAVE" => ZoneKind.Secondary,
            "MIRROR" => ZoneKind.Mirror,
            "STUB" => ZoneKind.Stub,
            "STATIC-STUB" => ZoneKind.StaticStub,
            "FORWARD" => ZoneKind.Forward,
            "HINT" => ZoneKind.Hint,
            "REDIRECT" => ZoneKind.Redirect,
            "DELEGATION-ONLY" => ZoneKind.DelegationOnly,
            _ => ZoneKind.None,
        };

    /// <summary>The class behind the name of a zone or view; IN when none is written or it is unknown.</summary>
    public static RecordClass ClassOf(Statement statement) =>
        TryReadClass(ClassText(statement), out RecordClass found) ? found : RecordClass.In;

    public static string? ClassText(Statement statement) =>
        statement.Values.OfType<SyntaxValue.Scalar>().ElementAtOrDefault(1)?.Text;

    public static bool TryReadClass(string? text, out RecordClass found)
    {
        found = text?.ToUpperInvariant() switch
        {
            null or "IN" => RecordClass.In,
            "CH" or "CHAOS" => RecordClass.Ch,
            "HS" or "HESIOD" => RecordClass.Hs,
            "ANY" => RecordClass.Any,
            "NONE" => RecordClass.None,
            _ => new RecordClass(0),
        };
        return found.Value != 0;
    }

    private static UpdatePolicy ReadUpdatePolicy(Statement statement) => new(
        statement.List is null,
        statement.List is { } list ? [.. list.Items.Select(ReadRule).OfType<UpdateRule>()] : [],
        statement.Position);

    private static UpdateRule? ReadRule(SyntaxValue value)
    {
        ImmutableArray<SyntaxValue> parts = value.Parts();
        if (parts.Length < 3 || parts[1].AsText() is not { } identity || TypeOf(parts[2].AsText()) is not { } type)
            return null;
        bool hasName = type != UpdateRuleType.ZoneSub;
        DomainName name = DomainName.Root;
        if (ModelReader.Name(identity) is not { } signer)
        {
            if (type != UpdateRuleType.External)
                return null;
            signer = DomainName.Root;
        }

        if (hasName)
        {
            if (parts.Length < 4 || ModelReader.Name(parts[3].AsText()) is not { } written)
                return null;
            name = written;
        }

        var types = parts.Skip(hasName ? 4 : 3).Select(p => ReadType(p.AsText() ?? "")).OfType<UpdateRuleRecordType>();
        return new UpdateRule(
            parts[0].AsText() == "grant", signer, identity, type, name, [.. types], value.Position);
    }

    /// <summary>Reads <c>TYPE</c> or <c>TYPE(n)</c>; null when it is neither.</summary>
    public static UpdateRuleRecordType? ReadType(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string word = open < 0 ? text : text[..open];
        int? most = null;
        if (open >= 0)
        {
            if (!text.EndsWith(')') || !ushort.TryParse(text.AsSpan(open + 1, text.Length - open - 2), out ushort number))
                return null;
            most = number;
        }

        return RecordType.TryParse(word, out RecordType type) ? new UpdateRuleRecordType(type, most) : null;
    }

    private static UpdateRuleType? TypeOf(string? word) => word switch
    {
        "name" => UpdateRuleType.Name,
        "subdomain" => UpdateRuleType.Subdomain,
        "zonesub" => UpdateRuleType.ZoneSub,
        "wildcard" => UpdateRuleType.Wildcard,
        "self" => UpdateRuleType.Self,
        "selfsub" => UpdateRuleType.SelfSub,
        "selfwild" => UpdateRuleType.SelfWild,
        "tcp-self" => UpdateRuleType.TcpSelf,
        "6to4-self" => UpdateRuleType.SixToFourSelf,
        "ms-self" => UpdateRuleType.MsSelf,
        "ms-selfsub" => UpdateRuleType.MsSelfSub,
        "ms-subdomain" => UpdateRuleType.MsSubdomain,
        "ms-subdomain-self-rhs" => UpdateRuleType.MsSubdomainSelfRhs,
        "krb5-self" => UpdateRuleType.Krb5Self,
        "krb5-selfsub" => UpdateRuleType.Krb5SelfSub,
        "krb5-subdomain" => UpdateRuleType.Krb5Subdomain,
        "krb5-subdomain-self-rhs" => UpdateRuleType.Krb5SubdomainSelfRhs,
        "external" => UpdateRuleType.External,
        _ => null,
    };
}
