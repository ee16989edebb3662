using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>Zones from text, published and served.</summary>
internal sealed class TestZones : IMasterFileSource
{
    private readonly string _text;

    private TestZones(string text) => _text = text;

    public static ServedZone Serve(string origin, string text, MatchList? allowTransfer = null, MatchList? allowQuery = null)
    {
        PublishedZone published = new(DomainName.Parse(origin));
        published.Publish(Load(origin, text));
        return new ServedZone
        {
            Published = published,
            AllowTransfer = allowTransfer ?? MatchList.None,
            AllowQuery = allowQuery ?? MatchList.Any,
        };
    }

    public static ZoneSnapshot Load(string origin, string text)
    {
        ZoneLoadResult result = ZoneLoader.Load(
            DomainName.Parse(origin), "zone", new TestZones(text), new ZoneCheckOptions { Integrity = false, Names = CheckLevel.Ignore });
        Assert.True(result.IsLoaded, string.Join('\n', result.Problems));
        return result.Snapshot!;
    }

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        content = new MemoryStream(Encoding.ASCII.GetBytes(_text));
        reason = "";
        return true;
    }
}
