using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>Makes the model of a whole configuration out of its tree.</summary>
internal static class ModelBuilder
{
    public static NamedConfiguration Build(ConfigTree tree, string directory)
    {
        SyntaxValue.Block root = tree.Root;
        ModelReader reader = new(root);
        ImmutableArray<RemoteServerList> lists = reader.ReadServerLists();
        SyntaxValue.Block? options = root.Find("options")?.Block;
        ImmutableArray<Statement> views = [.. root.FindAll("view")];
        return new NamedConfiguration
        {
            Options = OptionsBuilder.Build(reader, options, directory),
            HasExplicitViews = !views.IsEmpty,
            Views = views.IsEmpty
                ? [BuildView(reader, ViewConfiguration.DefaultName, root, null, options, directory)]
                : [.. views.Select(v => BuildView(reader, v.Text ?? "", v.Block!, v, options, directory))],
            Acls = BlockBuilder.ReadAll(root, "acl", s => BlockBuilder.Acl(reader, s)),
            Keys = BlockBuilder.ReadAll(root, "key", BlockBuilder.Key),
            Servers = BlockBuilder.ReadAll(root, "server", s => BlockBuilder.Server(reader, s)),
            ServerLists = lists,
            Tls = BlockBuilder.ReadAll(root, "tls", BlockBuilder.Tls),
            Http = BlockBuilder.ReadAll(root, "http", BlockBuilder.Http),
            Logging = LoggingBuilder.Build(root),
            Controls = root.Find("controls") is null ? null : Channels(root, "controls", s => BlockBuilder.Control(reader, s)),
            StatisticsChannels = Channels(root, "statistics-channels", s => BlockBuilder.Statistics(reader, s)),
            Statements = WrittenStatement.All(root),
            Files = tree.Files,
        };
    }

    private static ImmutableArray<T> Channels<T>(SyntaxValue.Block root, string name, Func<Statement, T?> read)
        where T : class =>
        [.. root.FindAll(name).SelectMany(s => BlockBuilder.ReadAll(s.Block, "inet", read))];

    private static ViewConfiguration BuildView(
        ModelReader reader, string name, SyntaxValue.Block scope, Statement? view, SyntaxValue.Block? options, string directory)
    {
        ZoneBuilder zones = new(reader, view?.Block, options, directory);
        ViewConfiguration made = new(
            name,
            view is null ? Protocol.Registries.RecordClass.In : ZoneBuilder.ClassOf(view),
            ViewBuilder.Build(reader, view?.Block, options),
            BlockBuilder.ReadAll(scope, "zone", zones.Build),
            view?.Position ?? SourcePosition.None);
        return view is null ? made : made with
        {
            Keys = BlockBuilder.ReadAll(scope, "key", BlockBuilder.Key),
            Servers = BlockBuilder.ReadAll(scope, "server", s => BlockBuilder.Server(reader, s)),
        };
    }
}
