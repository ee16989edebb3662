namespace ActorDns.Configuration.Syntax;

/// <summary>Statements of the small blocks.</summary>
internal static class SmallTables
{
    /// <summary><c>key</c></summary>
    public const string Key =
        """
        algorithm                     | <string>
        secret                        | <string> # secret
        """;

    /// <summary><c>server</c></summary>
    public const string Server =
        """
        bogus                         | <boolean>
        edns                          | <boolean>
        edns-udp-size                 | <integer>
        edns-version                  | <integer>
        keys                          | <server-key>
        max-udp-size                  | <integer>
        notify-source                 | <source4>
        notify-source-v6              | <source6>
        padding                       | <integer>
        provide-ixfr                  | <boolean>
        query-source                  | <query-source4>
        query-source-v6               | <query-source6>
        request-expire                | <boolean>
        request-ixfr                  | <boolean>
        request-nsid                  | <boolean>
        send-cookie                   | <boolean>
        tcp-keepalive                 | <boolean>
        tcp-only                      | <boolean>
        transfer-format               | ( many-answers | one-answer )
        transfer-source               | <source4>
        transfer-source-v6            | <source6>
        transfers                     | <integer>
        require-cookie                | <boolean> # newer
        support-ixfr                  | <skip> # ancient
        request-sit                   | <skip> # ancient
        """;

    /// <summary><c>logging</c></summary>
    public const string Logging =
        """
        channel                       | <string> @channel # multi
        category                      | <string> { <string>; ... } # multi
        """;

    /// <summary>A log channel.</summary>
    public const string Channel =
        """
        file                          | <quoted_string> [* versions ( unlimited | <integer> ) ] [* size ( unlimited |
            + <size> ) ] [* suffix ( increment | timestamp ) ]
        syslog                        | [? <string> ]
        null                          |
        stderr                        |
        severity                      | ( debug [? <integer> ] | critical | error | warning | notice | info | dynamic
            + )
        print-time                    | ( iso8601 | iso8601-utc | local | <boolean> )
        print-severity                | <boolean>
        print-category                | <boolean>
        buffered                      | <boolean>
        """;

    /// <summary><c>controls</c></summary>
    public const string Controls =
        """
        inet                          | <socket> [! allow <aml> ] [ keys { <string>; ... } ] [ read-only <boolean> ]
            + # multi
        unix                          | <quoted_string> perm <integer> owner <integer> group <integer> [ keys {
            + <string>; ... } ] [ read-only <boolean> ] # multi
        """;

    /// <summary><c>statistics-channels</c></summary>
    public const string StatisticsChannels =
        """
        inet                          | <socket> [ allow <aml> ] # multi
        """;

    /// <summary><c>tls</c></summary>
    public const string Tls =
        """
        key-file                      | <quoted_string>
        cert-file                     | <quoted_string>
        ca-file                       | <quoted_string>
        remote-hostname               | <quoted_string>
        dhparam-file                  | <quoted_string>
        protocols                     | { <string>; ... }
        ciphers                       | <string>
        prefer-server-ciphers         | <boolean>
        session-tickets               | <boolean>
        cipher-suites                 | <string> # newer
        """;

    /// <summary><c>http</c></summary>
    public const string Http =
        """
        endpoints                     | { <quoted_string>; ... }
        listener-clients              | <integer>
        streams-per-connection        | <integer>
        """;

    /// <summary><c>dlz</c></summary>
    public const string Dlz =
        """
        database                      | <string>
        search                        | <boolean>
        """;

    /// <summary><c>dns64</c></summary>
    public const string Dns64 =
        """
        break-dnssec                  | <boolean>
        clients                       | <aml>
        exclude                       | <aml>
        mapped                        | <aml>
        recursive-only                | <boolean>
        suffix                        | <ipv6_address>
        """;

    /// <summary><c>rate-limit</c></summary>
    public const string RateLimit =
        """
        all-per-second                | <integer>
        errors-per-second             | <integer>
        exempt-clients                | <aml>
        ipv4-prefix-length            | <integer>
        ipv6-prefix-length            | <integer>
        log-only                      | <boolean>
        max-table-size                | <integer>
        min-table-size                | <integer>
        nodata-per-second             | <integer>
        nxdomains-per-second          | <integer>
        qps-scale                     | <integer>
        referrals-per-second          | <integer>
        responses-per-second          | <integer>
        slip                          | <integer>
        window                        | <integer>
        """;

    /// <summary><c>dnssec-policy</c></summary>
    public const string DnssecPolicy =
        """
        dnskey-ttl                    | <duration>
        keys                          | { ( csk | ksk | zsk ) [? ( key-directory ) ] lifetime ( unlimited |
            + <duration> ) algorithm <word> [? <integer> ]; ... }
        max-zone-ttl                  | <duration>
        nsec3param                    | [ iterations <integer> ] [ optout <boolean> ] [ salt-length <integer> ]
        parent-ds-ttl                 | <duration>
        parent-propagation-delay      | <duration>
        parent-registration-delay     | <duration> # obsolete
        publish-safety                | <duration>
        purge-keys                    | <duration>
        retire-safety                 | <duration>
        signatures-jitter             | <duration>
        signatures-refresh            | <duration>
        signatures-validity           | <duration>
        signatures-validity-dnskey    | <duration>
        zone-propagation-delay        | <duration>
        cdnskey                       | <boolean> # newer
        cds-digest-types              | { <string>; ... } # newer
        inline-signing                | <boolean> # newer
        manual-mode                   | <boolean> # newer
        offline-ksk                   | <boolean> # newer
        """;

    /// <summary><c>key-store</c> of BIND 9.20.</summary>
    public const string KeyStore =
        """
        directory                     | <string>
        pkcs11-uri                    | <quoted_string>
        """;
}
