using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;

namespace ActorDns.Host.Control.Commands;

/// <summary>The argument <c>zone [class [view]]</c>; without a view all are searched and one must have the zone.</summary>
/// <param name="View">The view.</param>
/// <param name="Written">The zone as the view has it.</param>
/// <param name="Zone">The zone itself, which another view has when this one only refers to it (<c>in-view</c>).</param>
/// <param name="Text">The zone's name as it was written in the command.</param>
internal sealed record ZoneArgument(ViewConfiguration View, ZoneConfiguration Written, ZoneConfiguration Zone, string Text)
{
    private static readonly string[] Classes = ["IN", "CH", "CHAOS", "HS", "HESIOD", "ANY", "NONE"];

    /// <summary>True when the zone takes updates, so that its file is the server's.</summary>
    public bool IsDynamic => Zone.UpdatePolicy is not null
        || Zone.Settings.AllowUpdate.Value.Elements is not ([] or [AddressMatchElement.None { IsNegated: false }]);

    /// <summary>Finds the zone, or the reply that says why not.</summary>
    public static ZoneArgument? Find(ServerNode node, IReadOnlyList<string> words, out ControlReply error)
    {
        error = new ControlReply(ControlResult.UnexpectedEnd);
        if (words.Count == 0)
            return null;
        if (!TryReadName(words[0], out DomainName name, out error))
            return null;
        if (words.Count > 1 && !IsClass(words[1]))
        {
            error = new ControlReply(ControlResult.Unknown);
            return null;
        }

        bool isInternet = words.Count < 2 || words[1].Equals("IN", StringComparison.OrdinalIgnoreCase);
        string text = words[0];
        IEnumerable<ViewConfiguration> views = isInternet ? node.Configuration?.Views ?? [] : [];
        if (words.Count > 2)
        {
            if (views.FirstOrDefault(view => view.Name == words[2]) is not { } view)
            {
                error = new ControlReply(ControlResult.NotFound, $"no matching view '{words[2]}'");
                return null;
            }

            if (view.Zones.FirstOrDefault(zone => zone.Name == name) is { } found)
                return Of(node, view, found, text);
            error = new ControlReply(ControlResult.NotFound, $"no matching zone '{text}' in view '{view.Name}'");
            return null;
        }

        ZoneArgument[] all =
        [
            .. from view in views
               from zone in view.Zones
               where zone.Name == name
               select Of(node, view, zone, text),
        ];
        error = all.Length == 0
            ? new ControlReply(ControlResult.NotFound, $"no matching zone '{text}' in any view")
            : new ControlReply(ControlResult.Multiple, $"zone '{text}' was found in multiple views");
        return all is [var only] ? only : null;
    }

    /// <summary>The zone of a view.</summary>
    public static ZoneArgument Of(ServerNode node, ViewConfiguration view, ZoneConfiguration zone, string text) =>
        new(view, zone, node.Configuration!.FindOwn(zone), text);

    /// <summary>Reads a zone's name.</summary>
    public static bool TryReadName(string text, out DomainName name, out ControlReply error)
    {
        error = new ControlReply(
            text.Contains("..", StringComparison.Ordinal) ? ControlResult.EmptyLabel : ControlResult.Failure, "");
        return DomainName.TryParse(text, DomainName.Root, out name);
    }

    /// <summary>True for a class by name or as CLASSnnn.</summary>
    public static bool IsClass(string word) =>
        Classes.Contains(word, StringComparer.OrdinalIgnoreCase)
        || (word.StartsWith("CLASS", StringComparison.OrdinalIgnoreCase) && ushort.TryParse(word.AsSpan(5), out _));
}
