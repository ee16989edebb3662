using ActorDns.Zones.Access;

namespace ActorDns.Server.Views;

/// <summary>The views in configuration order. The first that matches takes the request.</summary>
/// <param name="views">At least one; without any in the configuration, the default view.</param>
/// <param name="chaos">The zones of class CH, which every client sees.</param>
public sealed class ViewTable(IReadOnlyList<View> views, ZoneTable chaos)
{
    private readonly View[] _views = [.. views];

    /// <summary>The views in order.</summary>
    public IReadOnlyList<View> Views => _views;

    /// <summary>Zones of class CH: <c>version.bind</c> and its relatives.</summary>
    public ZoneTable Chaos { get; } = chaos;

    /// <summary>The view for a request; null when none matches, which is answered REFUSED.</summary>
    public View? Select(in AccessSubject subject, bool recursionDesired)
    {
        foreach (View view in _views)
        {
            if (view.Matches(subject, recursionDesired))
                return view;
        }

        return null;
    }
}
