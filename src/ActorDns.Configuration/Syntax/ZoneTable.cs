namespace ActorDns.Configuration.Syntax;

/// <summary>Statements of zones; the letters after <c>zones=</c> are the types that allow each (see <see cref="ZoneKind"/>).</summary>
internal static class ZoneTable
{
    /// <summary>Statements that stand in a zone only.</summary>
    public const string OnlyInZone =
        """
        type                          | ( primary | master | secondary | slave | mirror | delegation-only | forward |
            + hint | redirect | static-stub | stub )
        check-names                   | ( fail | warn | ignore ) # zones=PSMHT
        database                      | <string> # zones=PSMT
        delegation-only               | <boolean> # deprecated zones=FHT
        dlz                           | <string> # zones=PSR
        file                          | <quoted_string> # zones=PSMHRT
        in-view                       | <string> # zones=I
        inline-signing                | <boolean> # zones=PS
        ixfr-from-differences         | <boolean> # zones=PSM
        journal                       | <quoted_string> # zones=PSM
        masters                       | <remote-list> # zones=SMTR
        parental-agents               | <remote-list> # zones=PS
        primaries                     | <remote-list> # zones=SMRT
        server-addresses              | { <ip_address>; ... } # zones=A
        server-names                  | { <string>; ... } # zones=A
        update-policy                 | ( local | { <update-rule>; ... } ) # zones=P
        ixfr-base                     | <skip> # ancient
        ixfr-tmp-file                 | <skip> # ancient
        pubkey                        | <skip> # ancient
        """;

    /// <summary>Statements that a zone inherits from its view and from <c>options</c>.</summary>
    public const string Inherited =
        """
        allow-notify                  | <aml> # zones=SM
        allow-query                   | <aml> # zones=PSMRAT
        allow-query-on                | <aml> # zones=PSMRAT
        allow-transfer                | [ port <integer> ] [ transport <string> ] <aml> # zones=PSM
        allow-update                  | <aml> # zones=P
        allow-update-forwarding       | <aml> # zones=SM
        also-notify                   | <remote-list> # zones=PSM
        alt-transfer-source           | <source4> # deprecated zones=PSM
        alt-transfer-source-v6        | <source6> # deprecated zones=PSM
        auto-dnssec                   | ( allow | maintain | off ) # deprecated zones=PS
        check-dup-records             | ( fail | warn | ignore ) # zones=P
        check-integrity               | <boolean> # zones=P
        check-mx                      | ( fail | warn | ignore ) # zones=P
        check-mx-cname                | ( fail | warn | ignore ) # zones=P
        check-sibling                 | <boolean> # zones=P
        check-spf                     | ( warn | ignore ) # zones=P
        check-srv-cname               | ( fail | warn | ignore ) # zones=P
        check-wildcard                | <boolean> # zones=P
        dialup                        | ( notify | notify-passive | passive | refresh | <boolean> ) # deprecated
            + zones=PST
        dnssec-dnskey-kskonly         | <boolean> # zones=PS
        dnssec-loadkeys-interval      | <integer> # zones=PS
        dnssec-policy                 | <string> # zones=PS
        dnssec-secure-to-insecure     | <boolean> # zones=P
        dnssec-update-mode            | ( maintain | no-resign ) # zones=PS
        forward                       | ( first | only ) # zones=PSFAT
        forwarders                    | [ port <integer> ] { <ip_address> [ port <integer> ]; ... } # zones=PSFAT
        key-directory                 | <quoted_string> # zones=PS
        masterfile-format             | ( raw | text ) # zones=PSMRT
        masterfile-style              | ( full | relative ) # zones=PSMRT
        max-ixfr-ratio                | ( unlimited | <percentage> ) # zones=PSM
        max-journal-size              | ( default | unlimited | <sizeval> ) # zones=PSM
        max-records                   | <integer> # zones=PSMRAT
        max-records-per-type          | <integer> # zones=PSMRAT
        max-types-per-name            | <integer> # zones=PSMRAT
        max-refresh-time              | <integer> # zones=SMT
        max-retry-time                | <integer> # zones=SMT
        max-transfer-idle-in          | <integer> # zones=SMT
        max-transfer-idle-out         | <integer> # zones=PSM
        max-transfer-time-in          | <integer> # zones=SMT
        max-transfer-time-out         | <integer> # zones=PSM
        max-zone-ttl                  | ( unlimited | <duration> ) # zones=PR
        min-refresh-time              | <integer> # zones=SMT
        min-retry-time                | <integer> # zones=SMT
        multi-master                  | <boolean> # zones=SMT
        notify                        | ( explicit | master-only | primary-only | <boolean> ) # zones=PSM
        notify-delay                  | <integer> # zones=PSM
        notify-source                 | <source4> # zones=PSM
        notify-source-v6              | <source6> # zones=PSM
        notify-to-soa                 | <boolean> # zones=PS
        nsec3-test-zone               | <boolean> # zones=PS
        parental-source               | <source4> # zones=PS
        parental-source-v6            | <source6> # zones=PS
        request-expire                | <boolean> # zones=SM
        request-ixfr                  | <boolean> # zones=SM
        serial-update-method          | ( date | increment | unixtime ) # zones=P
        sig-signing-nodes             | <integer> # zones=PS
        sig-signing-signatures        | <integer> # zones=PS
        sig-signing-type              | <integer> # zones=PS
        sig-validity-interval         | <integer> [? <integer> ] # zones=PS
        dnskey-sig-validity           | <integer> # zones=PS
        transfer-source               | <source4> # zones=SMT
        transfer-source-v6            | <source6> # zones=SMT
        try-tcp-refresh               | <boolean> # zones=SM
        update-check-ksk              | <boolean> # zones=PS
        use-alt-transfer-source       | <boolean> # deprecated zones=SMT
        zero-no-soa-ttl               | <boolean> # zones=PSM
        zone-statistics               | ( full | terse | none | <boolean> ) # zones=PSMRAT
        check-svcb                    | <boolean> # newer zones=P
        checkds                       | ( explicit | <boolean> ) # newer zones=PS
        min-transfer-rate-in          | <integer> <integer> # newer zones=SMT
        notify-defer                  | <integer> # newer zones=PSM
        request-ixfr-max-diffs        | <integer> # newer zones=SM
        maintain-ixfr-base            | <skip> # ancient
        max-ixfr-log-size             | <skip> # ancient
        """;
}
