using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Checks;

/// <summary>The rules of <c>update-policy</c>.</summary>
internal static class UpdatePolicyChecks
{
    public static void Run(CheckContext context, Statement policy)
    {
        foreach (SyntaxValue rule in policy.List?.Items ?? [])
            CheckRule(context, rule);
    }

    private static void CheckRule(CheckContext context, SyntaxValue rule)
    {
        var parts = rule.Parts();
        string identityText = parts[1].AsText() ?? "";
        string type = parts[2].AsText() ?? "";
        bool isZoneSub = type == "zonesub";
        string nameText = isZoneSub ? "." : parts[3].AsText() ?? "";
        if (!DomainName.TryParse(identityText, DomainName.Root, out DomainName identity))
            context.Error(rule.Position, $"'{identityText}' is not a valid name");
        else if (!DomainName.TryParse(nameText, DomainName.Root, out DomainName name))
            context.Error(rule.Position, $"'{nameText}' is not a valid name");
        else
            CheckName(context, rule.Position, type, identity, name, nameText);
        foreach (SyntaxValue item in parts.Skip(isZoneSub ? 3 : 4))
            CheckType(context, item);
    }

    private static void CheckName(
        CheckContext context, SourcePosition at, string type, DomainName identity, DomainName name, string nameText)
    {
        switch (type)
        {
            case "wildcard" when !nameText.StartsWith("*.", StringComparison.Ordinal) && nameText != "*":
                context.Error(at, $"'{nameText}' is not a wildcard");
                break;
            case "self" or "selfsub" or "selfwild" when !name.IsRoot && name != identity:
                context.Error(at, "identity and name fields are not the same");
                break;
            case "tcp-self" or "6to4-self" or "ms-self" or "ms-selfsub" or "krb5-self" or "krb5-selfsub" when !name.IsRoot:
                context.Error(at, "name field not set to placeholder value '.'");
                break;
            case "name" or "subdomain" or "wildcard" or "external" or "ms-subdomain" or "ms-subdomain-self-rhs"
                or "krb5-subdomain" or "krb5-subdomain-self-rhs" when RecordType.TryParse(nameText, out _):
                context.Error(at, $"missing name field type '{nameText}' found");
                break;
        }
    }

    private static void CheckType(CheckContext context, SyntaxValue item)
    {
        string text = item.AsText() ?? "";
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string word = open < 0 ? text : text[..open];
        if (open >= 0 && Model.ZoneBuilder.ReadType("A" + text[open..]) is null)
            context.Error(item.Position, $"'{text[open..]}' is not a valid count");
        if (!RecordType.TryParse(word, out _))
            context.Error(item.Position, $"'{word}' is not a valid type");
    }
}
