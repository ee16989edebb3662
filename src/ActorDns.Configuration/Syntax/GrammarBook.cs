using System.Collections.Frozen;

namespace ActorDns.Configuration.Syntax;

/// <summary>All blocks of <c>named.conf</c> and <c>rndc.conf</c>, compiled from the tables once.</summary>
internal static class GrammarBook
{
    private static readonly FrozenDictionary<string, Lazy<BlockRule>> Blocks = Build();

    public static BlockRule Top => Get("");

    /// <summary>The grammar of rndc.conf.</summary>
    public static BlockRule Rndc => Get("rndc");

    public static BlockRule Get(string block) => Blocks[block].Value;

    private static FrozenDictionary<string, Lazy<BlockRule>> Build()
    {
        (string Name, string[] Tables)[] blocks =
        [
            ("", [TopLevelTable.OnlyAtTop, TopLevelTable.TopAndView]),
            ("options", [OptionsTable.Rows, ViewTable.Rows, ZoneTable.Inherited]),
            ("view", [ViewTable.OnlyInView, TopLevelTable.TopAndView, ViewTable.Rows, ZoneTable.Inherited]),
            ("zone", [ZoneTable.OnlyInZone, ZoneTable.Inherited]),
            ("key", [SmallTables.Key]),
            ("server", [SmallTables.Server]),
            ("logging", [SmallTables.Logging]),
            ("channel", [SmallTables.Channel]),
            ("controls", [SmallTables.Controls]),
            ("statistics-channels", [SmallTables.StatisticsChannels]),
            ("tls", [SmallTables.Tls]),
            ("http", [SmallTables.Http]),
            ("dlz", [SmallTables.Dlz]),
            ("dns64", [SmallTables.Dns64]),
            ("rate-limit", [SmallTables.RateLimit]),
            ("dnssec-policy", [SmallTables.DnssecPolicy]),
            ("key-store", [SmallTables.KeyStore]),
            ("rndc", [RndcTable.Top]),
            ("rndc-options", [RndcTable.Options]),
            ("rndc-server", [RndcTable.Server]),
        ];
        return blocks.ToFrozenDictionary(
            b => b.Name, b => new Lazy<BlockRule>(() => new BlockRule(b.Name, [.. b.Tables.SelectMany(GrammarText.ReadTable)])));
    }
}
