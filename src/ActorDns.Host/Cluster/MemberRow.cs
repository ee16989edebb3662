using ActorDns.Actors.Cluster;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Cluster;

/// <summary>A node as an operator sees it.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Addresses">Where it serves.</param>
/// <param name="State">What it is doing, in a word; <c>silent</c> when it has not been heard of for too long.</param>
/// <param name="SeenSeconds">How long ago it was heard of.</param>
/// <param name="IsLagging">True when the others do not wait for it.</param>
/// <param name="Zones">Zones that it serves.</param>
/// <param name="Updates">Updates that it has applied since its start.</param>
/// <param name="UpdatesPerSecond">How fast that number grows; null before there are two looks.</param>
/// <param name="Version">Version of its program.</param>
internal sealed record MemberRow(
    string Node,
    IReadOnlyList<string> Addresses,
    string State,
    double SeenSeconds,
    bool IsLagging,
    int Zones,
    long Updates,
    double? UpdatesPerSecond,
    string Version)
{
    /// <summary>How long a node may be silent before it is taken for dead.</summary>
    public static readonly TimeSpan AliveFor = new ClusterSettings().AliveFor;

    /// <summary>The rows of a view, with rates since an earlier one.</summary>
    public static IReadOnlyList<MemberRow> Of(ClusterView view, ClusterView? before) =>
        [.. view.Members.Select(member => Of(member, view, before))];

    private static MemberRow Of(ClusterMember member, ClusterView view, ClusterView? before)
    {
        MemberReport report = member.Report;
        ClusterMember? earlier = before?.Members.FirstOrDefault(known => known.Report.Incarnation == report.Incarnation);
        double seconds = earlier is null ? 0 : (view.Now - before!.Now).TotalSeconds;
        bool isSilent = report.State != MemberState.Left && view.Now - member.SeenAt >= AliveFor;
        return new MemberRow(
            report.Node,
            report.Addresses,
            isSilent ? "silent" : report.State.ToString().ToLowerInvariant(),
            Math.Max(0, (view.Now - member.SeenAt).TotalSeconds),
            report.IsLagging,
            report.Zones,
            report.Updates,
            seconds > 0 ? (report.Updates - earlier!.Report.Updates) / seconds : null,
            report.Version.Split('+')[0]); // What follows is the commit it was built from.
    }
}
