using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The statements that are read and checked but not acted on, each with the reason; a block is named as a whole. All others are honoured:
/// a test holds the list of them, and compares both with the grammar.
/// </summary>
internal static class StatementEffects
{
    /// <summary>
    /// Statements without effect, under the reason. Behind a tilde stands the value that asks for nothing but what is done anyway.
    /// </summary>
    private const string WithoutEffect =
        """
        not part of this version:
            automatic-interface-scan~no dnstap-identity dnstap-output dnstap-version
            fstrm-set-buffer-hint fstrm-set-flush-timeout fstrm-set-input-queue-size fstrm-set-output-notify-threshold
            fstrm-set-output-queue-model fstrm-set-output-queue-size fstrm-set-reopen-interval geoip-directory~none
            heartbeat-interval interface-interval keep-response-order http-port http-listener-clients
            http-streams-per-connection https-port recursing-file
            tcp-receive-buffer tcp-send-buffer tkey-dhkey tkey-domain
            tkey-gssapi-credential tkey-gssapi-keytab sig0checks-quota
            sig0checks-quota-exempt sig0key-checks-limit sig0message-checks-limit allow-proxy allow-proxy-on
            catalog-zones dns64 dns64-contact dns64-server dnstap lmdb-mapsize
            message-compression~yes new-zones-directory no-case-compress nocookie-udp-size preferred-glue response-padding
            response-policy rrset-order send-cookie~no sortlist suppress-initial-notify~no
            inline-signing~no parental-agents
            alt-transfer-source alt-transfer-source-v6 auto-dnssec~off dialup~no dnssec-dnskey-kskonly~no
            dnssec-loadkeys-interval dnssec-policy~none dnssec-secure-to-insecure~no dnssec-update-mode forward forwarders
            key-directory masterfile-format~text
            nsec3-test-zone~no
            parental-source parental-source-v6 sig-signing-nodes
            sig-signing-signatures sig-signing-type sig-validity-interval dnskey-sig-validity
            update-check-ksk~no use-alt-transfer-source~no zone-statistics~none
            check-svcb~no checkds~no min-transfer-rate-in request-ixfr-max-diffs
        histories and copies of zones are kept in the store:
            lock-file~none database dlz journal
        left to the operating system and the runtime:
            avoid-v4-udp-ports avoid-v6-udp-ports coresize datasize dscp files memstatistics~no memstatistics-file
            random-device~none reserved-sockets stacksize use-v4-udp-ports use-v6-udp-ports glue-cache~no
        this server does not resolve for others:
            bindkeys-file managed-keys-directory max-rsa-exponent-size recursive-clients secroots-file allow-query-cache
            allow-query-cache-on allow-recursion allow-recursion-on attach-cache auth-nxdomain~no clients-per-query
            deny-answer-addresses deny-answer-aliases disable-algorithms disable-ds-digests disable-empty-zone
            dnssec-accept-expired~no dnssec-must-be-secure dnssec-validation~no dual-stack-servers empty-contact
            empty-server empty-zones-enable~no fetch-quota-params fetches-per-server fetches-per-zone ipv4only-enable~no
            ipv4only-contact ipv4only-server lame-ttl max-cache-size max-cache-ttl max-clients-per-query max-ncache-ttl
            max-recursion-depth max-recursion-queries max-query-count max-query-restarts max-stale-ttl min-cache-ttl
            min-ncache-ttl nta-lifetime nta-recheck nxdomain-redirect prefetch qname-minimization~off query-source
            query-source-v6 recursion~no request-nsid~no resolver-nonbackoff-tries resolver-query-timeout
            resolver-retry-interval root-delegation-only root-key-sentinel~no servfail-ttl stale-answer-enable~no
            stale-answer-client-timeout stale-answer-ttl stale-cache-enable~no stale-refresh-time synth-from-dnssec~no
            trust-anchor-telemetry~no validate-except v6-bias zero-no-soa-ttl-cache delegation-only~no server-addresses
            server-names
        """;

    /// <summary>Blocks of the top level and of views without effect; all that stands in them is meant as well.</summary>
    private const string BlocksWithoutEffect =
        """
        not part of this version:
            dnssec-policy http key-store plugin statistics-channels template
        histories and copies of zones are kept in the store:
            dlz dyndb
        this server does not resolve for others:
            managed-keys trust-anchors trusted-keys
        """;

    /// <summary>What a <c>server</c> block says with effect: how a secondary talks to that primary, and a server is notified.</summary>
    private static readonly HashSet<string> OfServers =
    [
        "keys", "bogus", "edns", "tcp-only", "transfers", "request-ixfr", "request-expire", "transfer-source", "transfer-source-v6",
        "notify-source", "notify-source-v6", "provide-ixfr", "transfer-format",
    ];

    /// <summary>What a <c>tls</c> block says without effect: it is about connections to other servers here.</summary>
    private static readonly Dictionary<string, string> OfTls = new()
    {
        ["ciphers"] = "left to the operating system and the runtime",
        ["cipher-suites"] = "left to the operating system and the runtime",
        ["dhparam-file"] = "of use to a server of TLS only, which is not part of this version",
        ["prefer-server-ciphers"] = "of use to a server of TLS only, which is not part of this version",
        ["session-tickets"] = "of use to a server of TLS only, which is not part of this version",
    };

    private static readonly HashSet<string> SettingsBlocks = ["options", "view", "zone"];
    private static readonly Dictionary<string, (string Reason, string Anyway)> Reasons = ReadReasons(WithoutEffect);
    private static readonly Dictionary<string, (string Reason, string Anyway)> BlockReasons = ReadReasons(BlocksWithoutEffect);

    /// <summary>Why a statement has no effect; null when it has.</summary>
    public static string? ReasonFor(WrittenStatement written)
    {
        Statement statement = written.Statement;
        bool isSetting = SettingsBlocks.Contains(written.Block);
        if (isSetting && Reasons.TryGetValue(statement.Name, out (string Reason, string Anyway) found))
            return string.Equals(ValueOf(statement), found.Anyway, StringComparison.OrdinalIgnoreCase) ? null : found.Reason;
        if (written.Block == "tls")
            return OfTls.GetValueOrDefault(statement.Name);
        if (written.Block == "server")
            return OfServers.Contains(statement.Name) ? null : "not part of this version";
        bool isBlock = written.Block is "" or "view" && BlockReasons.TryGetValue(statement.Name, out found);
        return isBlock ? BlockReasons[statement.Name].Reason : null;
    }

    private static string? ValueOf(Statement statement) => statement.List is not { } list ? statement.Text
        : list.Items is [SyntaxValue.Scalar only] ? only.Text : null;

    private static Dictionary<string, (string Reason, string Anyway)> ReadReasons(string table)
    {
        Dictionary<string, (string Reason, string Anyway)> reasons = [];
        string reason = "";
        foreach (string line in table.Split('\n'))
        {
            if (line.EndsWith(':'))
            {
                reason = line[..^1];
                continue;
            }

            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = word.Split('~');
                reasons[parts[0]] = (reason, parts.ElementAtOrDefault(1) ?? "");
            }
        }

        return reasons;
    }
}
