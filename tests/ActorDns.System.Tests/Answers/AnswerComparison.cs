using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Answers;

/// <summary>
/// One question to both servers. What may differ is in <c>docs/differences-from-bind.md</c>, each row of which is a rule here.
/// </summary>
internal sealed class AnswerComparison(Query query, WireClient bind, WireClient ours, Random random)
{
    private const int MostAliases = 8;

    /// <summary>What differs, with both replies; null when nothing does that may not.</summary>
    public string? Difference()
    {
        Reply theirs = Ask(bind, query);
        Reply reply = Ask(ours, query);
        string? what = Compare(theirs, reply);
        return what is null ? null : $"{query}\n{what}\nBIND: {theirs}ours: {reply}";
    }

    private string? Compare(Reply theirs, Reply reply)
    {
        // A referral without all its glue is truncated here (RFC 9471 §3.1), and an alias that BIND leaves makes our answer longer.
        bool mayBeLonger = LeavesZone(theirs, Start, out _) || IsReferral(theirs);
        if (reply.IsTruncated && !theirs.IsTruncated && !mayBeLonger)
            return "ours alone is truncated";
        theirs = FollowAliases(theirs, query);
        if (!theirs.IsTruncated && !reply.IsTruncated)
        {
            string? difference = CompareSections(theirs, reply);
            if (query.OverTcp || difference is not null || CompareAdditional(theirs, reply) is null)
                return difference ?? CompareAdditional(theirs, reply);
        }

        // What is left in a truncated answer is of no use to a client (RFC 2181 §9), and optional records depend on the room: what
        // counts is the answer over TCP.
        Query overTcp = query with { OverTcp = true };
        theirs = FollowAliases(Ask(bind, overTcp), overTcp);
        reply = Ask(ours, overTcp);
        return CompareSections(theirs, reply) ?? CompareAdditional(theirs, reply);
    }

    private static string? CompareSections(Reply theirs, Reply reply)
    {
        if (theirs.Flags != reply.Flags)
            return $"the flags or the rcode differ: {theirs.Flags:x4} and {reply.Flags:x4}";
        if (!theirs.Answer.AsSpan().SequenceEqual(reply.Answer))
            return "the answer sections differ";
        if (!theirs.Authority.AsSpan().SequenceEqual(reply.Authority))
            return $"the authority sections differ; expected is\n{theirs}";
        return null;
    }

    /// <summary>
    /// BIND adds nothing that we do not, but for addresses that a wildcard makes or a DNAME hides; we add nothing but what belongs to names
    /// in the other sections.
    /// </summary>
    private static string? CompareAdditional(Reply theirs, Reply reply)
    {
        string? missing = theirs.Additional.Except(reply.Additional).FirstOrDefault(line => !IsMadeOrHidden(OwnerOf(line)));
        if (missing is not null)
            return $"the additional section lacks {missing}";
        string[] all = [.. reply.Answer, .. reply.Authority, .. reply.Additional];
        HashSet<string> named = [.. all.Select(line => line.Split(' ')[^1]), .. all.Where(line => TypeOf(line) == "https").Select(OwnerOf)];
        string? surplus = reply.Additional.Except(theirs.Additional)
            .FirstOrDefault(line => !named.Contains(OwnerOf(line)) || IsMadeOrHidden(OwnerOf(line)));
        return surplus is null ? null : $"nobody asked for the additional {surplus}";
    }

    private string Start { get; } = DomainName.Parse(query.Name).ToString().ToLowerInvariant();

    private static bool IsReferral(Reply reply) =>
        (reply.Flags & MessageHeader.Authoritative) == 0 && reply.Authority.Any(line => TypeOf(line) == "ns");

    private static string OwnerOf(string line) => line.Split(' ')[0];

    private static string TypeOf(string line) => line.Split(' ')[3];

    private static bool IsMadeOrHidden(string owner) =>
        owner.StartsWith("q.wild.", StringComparison.Ordinal) || owner.StartsWith("hidden.dn.", StringComparison.Ordinal);

    /// <summary>
    /// BIND follows no alias into another of its zones unless it recurses, and leaves that to the client. What we give is what a client
    /// gets that asks BIND again for each target.
    /// </summary>
    private Reply FollowAliases(Reply reply, Query asked)
    {
        List<string> answer = [.. reply.Answer];
        List<string> authority = [.. reply.Authority];
        HashSet<string> additional = [.. reply.Additional];
        ushort flags = reply.Flags;
        string start = Start;
        for (int i = 0; i < MostAliases && LeavesZone(reply, start, out string target); i++)
        {
            start = target;
            reply = Ask(bind, asked with { Name = target });
            flags = (ushort)(reply.Flags | (flags & MessageHeader.Authoritative));
            answer.AddRange(reply.Answer);
            authority.AddRange(reply.Authority);
            additional.UnionWith(reply.Additional);
        }

        return new Reply(flags, Sorted(answer), Sorted(authority), Sorted(additional));
    }

    /// <summary>True when the answer ends at an alias into another zone that is served.</summary>
    private bool LeavesZone(Reply reply, string start, out string target)
    {
        target = start;
        bool isSettled = reply.RcodeBits != 0 || query.Type == RecordType.Any || query.Type == RecordType.Cname
            || reply.Authority.Any(line => TypeOf(line) is "soa" or "ns");
        if (isSettled)
            return false;
        while (true)
        {
            string owner = target;
            string? alias = reply.Answer.FirstOrDefault(line => OwnerOf(line) == owner && TypeOf(line) == "cname");
            if (alias is null)
                break;
            target = alias.Split(' ')[^1];
        }

        string end = target;
        return end != start && !reply.Answer.Any(line => OwnerOf(line) == end)
            && DifferentialZones.All.Any(zone => end == $"{zone}." || end.EndsWith($".{zone}.", StringComparison.Ordinal));
    }

    private Reply Ask(WireClient client, Query asked)
    {
        byte[] wire = asked.Build((ushort)random.Next(65_536));
        return Reply.Read(asked.OverTcp ? client.AskTcp(wire)[0] : client.AskUdp(wire));
    }

    private static string[] Sorted(IEnumerable<string> lines) => [.. lines.Distinct().Order(StringComparer.Ordinal)];
}
