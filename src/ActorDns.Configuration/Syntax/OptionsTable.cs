namespace ActorDns.Configuration.Syntax;

/// <summary>Statements that stand in <c>options</c> alone, in the order in which BIND prints them.</summary>
internal static class OptionsTable
{
    /// <summary>The rows: name, value grammar, class.</summary>
    public const string Rows =
        """
        answer-cookie                 | <boolean>
        automatic-interface-scan      | <boolean>
        avoid-v4-udp-ports            | { <portrange>; ... } # deprecated
        avoid-v6-udp-ports            | { <portrange>; ... } # deprecated
        bindkeys-file                 | <quoted_string>
        blackhole                     | <aml>
        cookie-algorithm              | ( aes | siphash24 )
        cookie-secret                 | <string> # multi secret
        coresize                      | ( default | unlimited | <sizeval> ) # deprecated
        datasize                      | ( default | unlimited | <sizeval> ) # deprecated
        directory                     | <quoted_string>
        dnstap-identity               | ( <quoted_string> | none | hostname )
        dnstap-output                 | ( file | unix ) <quoted_string> [ size ( unlimited | <size> ) ] [ versions (
            + unlimited | <integer> ) ] [ suffix ( increment | timestamp ) ]
        dnstap-version                | ( <quoted_string> | none )
        dscp                          | <integer> # obsolete
        dump-file                     | <quoted_string>
        files                         | ( default | unlimited | <sizeval> ) # deprecated
        flush-zones-on-shutdown       | <boolean>
        fstrm-set-buffer-hint         | <integer>
        fstrm-set-flush-timeout       | <integer>
        fstrm-set-input-queue-size    | <integer>
        fstrm-set-output-notify-threshold| <integer>
        fstrm-set-output-queue-model  | ( mpsc | spsc )
        fstrm-set-output-queue-size   | <integer>
        fstrm-set-reopen-interval     | <duration>
        geoip-directory               | ( <quoted_string> | none )
        heartbeat-interval            | <integer> # deprecated
        hostname                      | ( <quoted_string> | none )
        interface-interval            | <duration>
        keep-response-order           | <aml>
        listen-on                     | [ port <integer> ] [+ proxy ( plain | encrypted ) ] [ tls <string> ] [ http
            + <string> ] <aml> # multi
        listen-on-v6                  | [ port <integer> ] [+ proxy ( plain | encrypted ) ] [ tls <string> ] [ http
            + <string> ] <aml> # multi
        lock-file                     | ( <quoted_string> | none )
        managed-keys-directory        | <quoted_string>
        match-mapped-addresses        | <boolean>
        max-rsa-exponent-size         | <integer>
        memstatistics                 | <boolean>
        memstatistics-file            | <quoted_string>
        notify-rate                   | <integer>
        pid-file                      | ( <quoted_string> | none )
        port                          | <integer>
        tls-port                      | <integer>
        http-port                     | <integer>
        http-listener-clients         | <integer>
        http-streams-per-connection   | <integer>
        https-port                    | <integer>
        querylog                      | <boolean>
        random-device                 | ( <quoted_string> | none ) # obsolete
        recursing-file                | <quoted_string>
        recursive-clients             | <integer>
        reuseport                     | <boolean>
        reserved-sockets              | <integer> # deprecated
        secroots-file                 | <quoted_string>
        serial-query-rate             | <integer>
        server-id                     | ( <quoted_string> | none | hostname )
        session-keyalg                | <string>
        session-keyfile               | ( <quoted_string> | none )
        session-keyname               | <string>
        stacksize                     | ( default | unlimited | <sizeval> ) # deprecated
        startup-notify-rate           | <integer>
        statistics-file               | <quoted_string>
        tcp-advertised-timeout        | <integer>
        tcp-clients                   | <integer>
        tcp-idle-timeout              | <integer>
        tcp-initial-timeout           | <integer>
        tcp-keepalive-timeout         | <integer>
        tcp-listen-queue              | <integer>
        tcp-receive-buffer            | <integer>
        tcp-send-buffer               | <integer>
        tkey-dhkey                    | <quoted_string> <integer> # deprecated
        tkey-domain                   | <quoted_string> # deprecated
        tkey-gssapi-credential        | <quoted_string> # deprecated
        tkey-gssapi-keytab            | <quoted_string>
        transfer-message-size         | <integer>
        transfers-in                  | <integer>
        transfers-out                 | <integer>
        transfers-per-ns              | <integer>
        udp-receive-buffer            | <integer>
        udp-send-buffer               | <integer>
        update-quota                  | <integer>
        use-v4-udp-ports              | { <portrange>; ... } # deprecated
        use-v6-udp-ports              | { <portrange>; ... } # deprecated
        version                       | ( <quoted_string> | none )
        sig0checks-quota              | <integer> # newer
        sig0checks-quota-exempt       | <aml> # newer
        sig0key-checks-limit          | <integer> # newer
        sig0message-checks-limit      | <integer> # newer
        allow-proxy                   | <aml> # newer
        allow-proxy-on                | <aml> # newer
        acache-cleaning-interval      | <skip> # ancient
        acache-enable                 | <skip> # ancient
        additional-from-auth          | <skip> # ancient
        additional-from-cache         | <skip> # ancient
        allow-v6-synthesis            | <skip> # ancient
        cleaning-interval             | <skip> # ancient
        deallocate-on-exit            | <skip> # ancient
        dnssec-enable                 | <skip> # ancient
        dnssec-lookaside              | <skip> # ancient
        fake-iquery                   | <skip> # ancient
        fetch-glue                    | <skip> # ancient
        filter-aaaa                   | <skip> # ancient
        filter-aaaa-on-v4             | <skip> # ancient
        filter-aaaa-on-v6             | <skip> # ancient
        geoip-use-ecs                 | <skip> # ancient
        has-old-clients               | <skip> # ancient
        host-statistics               | <skip> # ancient
        host-statistics-max           | <skip> # ancient
        max-acache-size               | <skip> # ancient
        multiple-cnames               | <skip> # ancient
        named-xfer                    | <skip> # ancient
        nosit-udp-size                | <skip> # ancient
        queryport-pool-ports          | <skip> # ancient
        queryport-pool-updateinterval | <skip> # ancient
        request-sit                   | <skip> # ancient
        rfc2308-type1                 | <skip> # ancient
        serial-queries                | <skip> # ancient
        sit-secret                    | <skip> # ancient
        statistics-interval           | <skip> # ancient
        topology                      | <skip> # ancient
        treat-cr-as-space             | <skip> # ancient
        use-id-pool                   | <skip> # ancient
        use-ixfr                      | <skip> # ancient
        use-queryport-pool            | <skip> # ancient
        """;
}
