using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Checks;

/// <summary>Zones: type, statements allowed in it, names and files used twice, primaries, update rules.</summary>
internal sealed class ZoneChecks(CheckContext context, AclChecks acls)
{
    private static readonly string[] Lists = ["allow-notify", "allow-transfer", "allow-update", "allow-update-forwarding"];

    private static readonly string[] Sources =
    [
        "transfer-source", "transfer-source-v6", "notify-source", "notify-source-v6", "parental-source", "parental-source-v6",
    ];

    private readonly Dictionary<string, (Statement File, bool IsWriteable)> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(DomainName Zone, string View)> _known = [];

    public void RunView(Statement? view, RecordClass viewClass)
    {
        Dictionary<(DomainName, int), Statement> seen = [];
        foreach (Statement zone in (view?.Block ?? context.Root).FindAll("zone"))
            Check(zone, view, viewClass, seen);
        SyntaxValue.Block? own = view?.Block ?? context.Options;
        foreach (string list in new[] { "catalog-zones", "response-policy" })
            CheckSpecialZones(own?.Find(list), seen);
    }

    private void CheckSpecialZones(Statement? statement, Dictionary<(DomainName, int), Statement> zones)
    {
        foreach (SyntaxValue entry in statement?.List?.Items ?? [])
        {
            string text = entry.Parts().OfType<SyntaxValue.Scalar>().ElementAtOrDefault(1)?.Text ?? "";
            bool isThere = DomainName.TryParse(text, DomainName.Root, out DomainName name)
                && zones.TryGetValue((name, 3), out Statement? zone)
                && ZoneBuilder.KindOf(zone.Block!) is ZoneKind.Primary or ZoneKind.Secondary;
            if (!isThere)
                context.Error(entry.Position, $"{statement!.Name} zone '{text}' is not a primary or secondary zone");
        }
    }

    private void Check(Statement zone, Statement? view, RecordClass viewClass, Dictionary<(DomainName, int), Statement> seen)
    {
        SyntaxValue.Block block = zone.Block!;
        ZoneKind kind = ZoneBuilder.KindOf(block);
        if (kind == ZoneKind.None)
        {
            context.Error(zone.Position, $"zone '{zone.Text}': type not present");
            return;
        }

        if (kind == ZoneKind.Redirect && zone.Text != ".")
        {
            context.Error(zone.Position, "redirect zones must be called \".\"");
            return;
        }

        if (!CheckClass(zone, viewClass))
            return;
        bool hasName = CheckIdentity(zone, view, kind, seen, out DomainName name);
        if (kind == ZoneKind.InView)
        {
            CheckInView(zone, name);
            return;
        }

        OptionsChecks.CheckNonZero(context, block);
        CheckAllowed(zone, kind);
        foreach (string list in Lists)
            acls.Check(CheckContext.Inherited(list, block, view?.Block, context.Options)?.List);
        CheckServers(zone, view, kind, hasName && name.IsRoot);
        OptionsChecks.CheckSources(context, n => CheckContext.Inherited(n, block, context.Options), Sources);
        CheckUpdates(zone, kind);
        Statement? outer = hasName && name.IsRoot ? CheckContext.Inherited("forwarders", view?.Block, context.Options) : null;
        ForwardChecks.Run(context, block, outer);
        OptionsChecks.Run(context, block, isGlobal: false);
        CheckDnssec(zone, view, kind);
        SigningChecks.RunZone(context, zone, kind, IsDynamic(zone, view));
        CheckFile(zone, view, kind);
    }

    private bool CheckClass(Statement zone, RecordClass viewClass)
    {
        string? text = ZoneBuilder.ClassText(zone);
        if (text is null)
            return true;
        if (!ZoneBuilder.TryReadClass(text, out RecordClass found))
            context.Error(zone.Position, $"zone '{zone.Text}': invalid class {text}");
        else if (found != viewClass)
            context.Error(zone.Position, $"zone '{zone.Text}': class '{text}' does not match view/default class");
        else
            return true;
        return false;
    }

    private bool CheckIdentity(
        Statement zone, Statement? view, ZoneKind kind, Dictionary<(DomainName, int), Statement> seen, out DomainName name)
    {
        if (!DomainName.TryParse(zone.Text, DomainName.Root, out name))
        {
            context.Error(zone.Position, $"zone '{zone.Text}': is not a valid name");
            return false;
        }

        int table = kind switch { ZoneKind.Hint => 1, ZoneKind.Redirect => 2, _ => 3 };
        if (!seen.TryAdd((name, table), zone))
        {
            context.Error(
                zone.Position,
                $"zone '{name.ToLogString()}': already exists previous definition: {seen[(name, table)].Position}");
        }

        if (kind is not (ZoneKind.InView or ZoneKind.Forward or ZoneKind.Redirect or ZoneKind.DelegationOnly))
            _known.Add((name, (view?.Text ?? ViewConfiguration.DefaultName).ToUpperInvariant()));
        return true;
    }

    private void CheckInView(Statement zone, DomainName name)
    {
        string target = zone.Block!.Find("in-view")?.Text ?? "";
        if (!_known.Contains((name, target.ToUpperInvariant())))
        {
            context.Error(
                zone.Position,
                $"'in-view' zone '{zone.Text}' does not exist in view '{target}', or view '{target}' is not yet defined");
        }

        if (zone.Block.Statements.Any(s => s.Name is not ("in-view" or "forward" or "forwarders")))
            context.Error(zone.Position, $"zone '{zone.Text}': 'in-view' used with incompatible zone options");
    }

    private void CheckAllowed(Statement zone, ZoneKind kind)
    {
        SyntaxValue.Block block = zone.Block!;
        string word = block.Find("type")?.Text ?? "";
        if (kind == ZoneKind.DelegationOnly)
            context.Warn(zone.Position, "'type delegation-only' is deprecated");
        foreach (Statement statement in block.Statements)
        {
            if (statement.Name != "type" && block.Rule.Find(statement.Name) is { } rule && (rule.Zones & kind) == 0)
                context.Error(statement.Position, $"option '{statement.Name}' is not allowed in '{word}' zone '{zone.Text}'");
        }

        if (kind is ZoneKind.Hint or ZoneKind.Stub or ZoneKind.StaticStub or ZoneKind.Redirect or ZoneKind.Mirror)
            context.Warn(zone.Position, $"zone '{zone.Text}': type '{word}' is a resolver feature and ignored");
    }

    private void CheckServers(Statement zone, Statement? view, ZoneKind kind, bool isRoot)
    {
        SyntaxValue.Block block = zone.Block!;
        if (kind is ZoneKind.Primary or ZoneKind.Secondary or ZoneKind.Mirror)
        {
            string? notify = CheckContext.Inherited("notify", block, view?.Block, context.Options)?.Text?.ToUpperInvariant();
            bool notifies = notify != "NO" && (kind == ZoneKind.Primary || notify is not ("PRIMARY-ONLY" or "MASTER-ONLY"));
            Statement? targets = CheckContext.Inherited("also-notify", block, view?.Block, context.Options);
            if (notifies)
                ServerListChecks.Count(context, "primaries", targets?.List);
            else if (block.Find("also-notify") is not null)
                context.Warn(zone.Position, $"zone '{zone.Text}': 'also-notify' set but 'notify' is disabled");
        }

        if (kind is ZoneKind.Secondary or ZoneKind.Stub || (kind == ZoneKind.Mirror && !isRoot))
            CheckPrimaries(zone);
        if (block.Find("parental-agents") is { } agents && ServerListChecks.Count(context, "parental-agents", agents.List) == 0)
            context.Error(zone.Position, $"zone '{zone.Text}': empty 'parental-agents' entry");
    }

    private void CheckPrimaries(Statement zone)
    {
        Statement? primaries = zone.Block!.Find("primaries");
        Statement? masters = zone.Block.Find("masters");
        if (primaries is not null && masters is not null)
            context.Error(primaries.Position, "'primaries' and 'masters' cannot both be used in the same zone");
        if ((primaries ?? masters) is not { } servers)
            context.Error(zone.Position, $"zone '{zone.Text}': missing 'primaries' entry");
        else if (ServerListChecks.Count(context, "primaries", servers.List) == 0)
            context.Error(zone.Position, $"zone '{zone.Text}': empty 'primaries' entry");
    }

    private void CheckUpdates(Statement zone, ZoneKind kind)
    {
        if (kind is not (ZoneKind.Primary or ZoneKind.Secondary) || zone.Block!.Find("update-policy") is not { } policy)
            return;
        if (zone.Block.Find("allow-update") is not null)
            context.Error(policy.Position, $"zone '{zone.Text}': 'allow-update' is ignored when 'update-policy' is present");
        else
            UpdatePolicyChecks.Run(context, policy);
    }

    private void CheckDnssec(Statement zone, Statement? view, ZoneKind kind)
    {
        SyntaxValue.Block block = zone.Block!;
        if (block.Find("sig-signing-type") is { } type && type.Scalar.AsNumber() is < 0xFF00 or > 0xFFFF)
            context.Error(type.Position, $"sig-signing-type: {type.Text} out of range [65280..65535]");
        if (PolicyOf(zone, view) is not { } policy)
            return;
        if (policy.Text is not ("default" or "insecure")
            && !context.Root.FindAll("dnssec-policy").Any(p => p.Text == policy.Text))
        {
            context.Error(zone.Position, $"zone '{zone.Text}': option 'dnssec-policy {policy.Text}' has no matching dnssec-policy config");
        }
        else if (kind is ZoneKind.Primary or ZoneKind.Secondary && !IsDynamic(zone, view) && block.Find("inline-signing")?.Text != "yes")
        {
            context.Error(policy.Position, "'inline-signing yes;' must also be configured explicitly for zones using dnssec-policy");
        }
    }

    private Statement? PolicyOf(Statement zone, Statement? view) =>
        CheckContext.Inherited("dnssec-policy", zone.Block, view?.Block, context.Options) is { Text: not "none" } policy ? policy : null;

    private bool IsDynamic(Statement zone, Statement? view) =>
        zone.Block!.Find("update-policy") is not null
        || (CheckContext.Inherited("allow-update", zone.Block, view?.Block, context.Options) is { } update
            && !AclChecks.IsNone(update.List));

    private void CheckFile(Statement zone, Statement? view, ZoneKind kind)
    {
        SyntaxValue.Block block = zone.Block!;
        if (block.Find("dlz") is not null)
        {
            if (block.Find("database") is not null)
                context.Error(zone.Position, $"zone '{zone.Text}': cannot specify both 'dlz' and 'database'");
            return;
        }

        if (block.Find("database")?.Text is not (null or "rbt"))
            return;
        if (block.Find("file") is not { } file)
        {
            bool isNeeded = kind is ZoneKind.Primary or ZoneKind.Hint
                || (kind == ZoneKind.Secondary && block.Find("inline-signing")?.Text == "yes");
            if (isNeeded)
                context.Error(zone.Position, $"zone '{zone.Text}': missing 'file' entry");
            return;
        }

        bool isWriteable = kind is ZoneKind.Secondary or ZoneKind.Mirror
            || (kind == ZoneKind.Primary && (IsDynamic(zone, view) || PolicyOf(zone, view) is not null));
        if (!isWriteable && kind is not (ZoneKind.Primary or ZoneKind.Hint))
            return;
        if (!_files.TryAdd(file.Text ?? "", (file, isWriteable)) && (isWriteable || _files[file.Text ?? ""].IsWriteable))
            context.Error(file.Position, $"writeable file '{file.Text}': already in use: {_files[file.Text ?? ""].File.Position}");
    }
}
