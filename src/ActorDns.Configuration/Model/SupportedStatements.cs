using System.Collections.Frozen;
using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>The statements that the model carries; all others are read, checked and reported as unsupported.</summary>
internal static class SupportedStatements
{
    private static readonly FrozenSet<string> Names = string.Join(
        ' ',
        "acl controls http key logging masters options parental-agents primaries remote-servers server statistics-channels tls view zone",
        "directory listen-on listen-on-v6 port pid-file version hostname server-id blackhole querylog match-mapped-addresses",
        "answer-cookie cookie-algorithm cookie-secret tcp-clients tcp-idle-timeout tcp-initial-timeout tcp-keepalive-timeout",
        "tcp-advertised-timeout tcp-listen-queue transfers-in transfers-out transfers-per-ns transfer-message-size",
        "serial-query-rate notify-rate startup-notify-rate update-quota flush-zones-on-shutdown session-keyname session-keyalg",
        "session-keyfile dump-file statistics-file udp-receive-buffer udp-send-buffer tcp-receive-buffer tcp-send-buffer reuseport",
        "match-clients match-destinations match-recursive-only recursion allow-query allow-query-on allow-recursion",
        "minimal-responses minimal-any max-udp-size edns-udp-size nocookie-udp-size require-server-cookie send-cookie",
        "response-padding rate-limit message-compression no-case-compress auth-nxdomain transfer-format provide-ixfr",
        "allow-new-zones catalog-zones forward forwarders",
        "type file journal in-view database dlz inline-signing allow-transfer allow-update allow-update-forwarding allow-notify",
        "update-policy notify also-notify notify-to-soa notify-delay notify-defer notify-source notify-source-v6 transfer-source",
        "transfer-source-v6 request-ixfr request-expire ixfr-from-differences max-ixfr-ratio max-journal-size max-records",
        "max-records-per-type max-types-per-name max-transfer-time-in max-transfer-time-out max-transfer-idle-in",
        "max-transfer-idle-out min-refresh-time max-refresh-time min-retry-time max-retry-time multi-master try-tcp-refresh",
        "zero-no-soa-ttl masterfile-format masterfile-style check-names check-mx check-mx-cname check-srv-cname check-dup-records",
        "check-spf check-integrity check-sibling check-wildcard check-svcb max-zone-ttl serial-update-method zone-statistics")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Walked = new[] { "options", "view", "zone" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All unsupported statements in the order written, those in views and zones included.</summary>
    public static ImmutableArray<UnsupportedStatement> Unsupported(SyntaxValue.Block root)
    {
        var found = ImmutableArray.CreateBuilder<UnsupportedStatement>();
        Walk(root, found);
        return found.ToImmutable();
    }

    private static void Walk(SyntaxValue.Block block, ImmutableArray<UnsupportedStatement>.Builder found)
    {
        foreach (Statement statement in block.Statements)
        {
            if (!Names.Contains(statement.Name))
                found.Add(new UnsupportedStatement(statement.Name, statement.Position));
            else if (Walked.Contains(statement.Name) && statement.Block is { } inner)
                Walk(inner, found);
        }
    }
}
