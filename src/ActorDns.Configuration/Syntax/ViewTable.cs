namespace ActorDns.Configuration.Syntax;

/// <summary>Statements that stand in <c>options</c> and in <c>view</c>.</summary>
internal static class ViewTable
{
    /// <summary>The rows: name, value grammar, class.</summary>
    public const string Rows =
        """
        allow-new-zones               | <boolean>
        allow-query-cache             | <aml>
        allow-query-cache-on          | <aml>
        allow-recursion               | <aml>
        allow-recursion-on            | <aml>
        attach-cache                  | <string>
        auth-nxdomain                 | <boolean>
        catalog-zones                 | { zone <string> [* default-primaries <remote-list> ] [* default-masters
            + <remote-list> ] [* zone-directory <quoted_string> ] [* in-memory <boolean> ] [* min-update-interval
            + <duration> ]; ... }
        check-names                   | ( primary | master | secondary | slave | response ) ( fail | warn | ignore )
            + # multi
        clients-per-query             | <integer>
        deny-answer-addresses         | <aml> [ except-from { <string>; ... } ]
        deny-answer-aliases           | { <string>; ... } [ except-from { <string>; ... } ]
        disable-algorithms            | <string> { <string>; ... } # multi
        disable-ds-digests            | <string> { <string>; ... } # multi
        disable-empty-zone            | <string> # multi
        dns64                         | <netprefix> @dns64 # multi
        dns64-contact                 | <string>
        dns64-server                  | <string>
        dnsrps-enable                 | <boolean> # notconfigured
        dnsrps-options                | <raw> # notconfigured
        dnssec-accept-expired         | <boolean>
        dnssec-must-be-secure         | <string> <boolean> # multi deprecated
        dnssec-validation             | ( auto | <boolean> )
        dnstap                        | { ( all | auth | client | forwarder | resolver | update ) [? ( query |
            + response ) ]; ... }
        dual-stack-servers            | [ port <integer> ] { ( <ip_address> | <string> ) [ port <integer> ]; ... }
        edns-udp-size                 | <integer>
        empty-contact                 | <string>
        empty-server                  | <string>
        empty-zones-enable            | <boolean>
        fetch-quota-params            | <integer> <fixedpoint> <fixedpoint> <fixedpoint>
        fetches-per-server            | <integer> [? ( drop | fail ) ]
        fetches-per-zone              | <integer> [? ( drop | fail ) ]
        glue-cache                    | <boolean> # deprecated
        ipv4only-enable               | <boolean>
        ipv4only-contact              | <string>
        ipv4only-server               | <string>
        ixfr-from-differences         | ( primary | master | secondary | slave | <boolean> )
        lame-ttl                      | <duration>
        lmdb-mapsize                  | <sizeval>
        max-cache-size                | ( default | unlimited | <sizeval> | <percentage> )
        max-cache-ttl                 | <duration>
        max-clients-per-query         | <integer>
        max-ncache-ttl                | <duration>
        max-recursion-depth           | <integer>
        max-recursion-queries         | <integer>
        max-query-count               | <integer>
        max-query-restarts            | <integer>
        max-stale-ttl                 | <duration>
        max-udp-size                  | <integer>
        message-compression           | <boolean>
        min-cache-ttl                 | <duration>
        min-ncache-ttl                | <duration>
        minimal-any                   | <boolean>
        minimal-responses             | ( no-auth | no-auth-recursive | <boolean> )
        new-zones-directory           | <quoted_string>
        no-case-compress              | <aml>
        nocookie-udp-size             | <integer>
        nta-lifetime                  | <duration>
        nta-recheck                   | <duration>
        nxdomain-redirect             | <string>
        preferred-glue                | <string>
        prefetch                      | <integer> [? <integer> ]
        provide-ixfr                  | <boolean>
        qname-minimization            | ( strict | relaxed | disabled | off )
        query-source                  | <query-source4>
        query-source-v6               | <query-source6>
        rate-limit                    | @rate-limit
        recursion                     | <boolean>
        request-nsid                  | <boolean>
        require-server-cookie         | <boolean>
        resolver-nonbackoff-tries     | <integer> # deprecated
        resolver-query-timeout        | <integer>
        resolver-retry-interval       | <integer> # deprecated
        response-padding              | <aml> block-size <integer>
        response-policy               | { zone <string> [* add-soa <boolean> ] [* log <boolean> ] [* max-policy-ttl
            + <duration> ] [* min-update-interval <duration> ] [* policy ( cname <string> | tcp-only | disabled |
            + drop | given | no-op | nodata | nxdomain | passthru ) ] [* recursive-only <boolean> ] [* nsip-enable
            + <boolean> ] [* nsdname-enable <boolean> ]; ... } [* add-soa <boolean> ] [* break-dnssec <boolean> ] [*
            + max-policy-ttl <duration> ] [* min-update-interval <duration> ] [* min-ns-dots <integer> ] [*
            + nsip-wait-recurse <boolean> ] [* nsdname-wait-recurse <boolean> ] [* qname-wait-recurse <boolean> ] [*
            + recursive-only <boolean> ] [* nsip-enable <boolean> ] [* nsdname-enable <boolean> ] [* dnsrps-enable
            + <boolean> ] [* dnsrps-options <raw> ]
        root-delegation-only          | [ exclude { <string>; ... } ] # deprecated
        root-key-sentinel             | <boolean>
        rrset-order                   | { [ class <word> ] [ type <word> ] [ name <quoted_string> ] order <word>; ...
            + }
        send-cookie                   | <boolean>
        servfail-ttl                  | <duration>
        sortlist                      | <aml>
        stale-answer-enable           | <boolean>
        stale-answer-client-timeout   | ( disabled | off | <integer> )
        stale-answer-ttl              | <duration>
        stale-cache-enable            | <boolean>
        stale-refresh-time            | <duration>
        suppress-initial-notify       | <boolean> # obsolete
        synth-from-dnssec             | <boolean>
        transfer-format               | ( many-answers | one-answer )
        trust-anchor-telemetry        | <boolean>
        validate-except               | { <string>; ... }
        v6-bias                       | <integer>
        zero-no-soa-ttl-cache         | <boolean>
        """;

    /// <summary>Statements of a view alone, printed before all others.</summary>
    public const string OnlyInView =
        """
        match-clients                 | <aml>
        match-destinations            | <aml>
        match-recursive-only          | <boolean>
        """;
}
