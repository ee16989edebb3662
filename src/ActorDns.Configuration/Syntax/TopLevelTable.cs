namespace ActorDns.Configuration.Syntax;

/// <summary>Statements that stand outside all blocks.</summary>
internal static class TopLevelTable
{
    /// <summary>Statements at the top level only.</summary>
    public const string OnlyAtTop =
        """
        acl                           | <string> <aml> # multi
        controls                      | @controls # multi
        dnssec-policy                 | <string> @dnssec-policy # multi
        http                          | <string> @http # multi
        key-store                     | <string> @key-store # multi newer
        logging                       | @logging
        lwres                         | <skip> # ancient
        masters                       | <string> <remote-list> # multi
        options                       | @options
        parental-agents               | <string> <remote-list> # multi
        primaries                     | <string> <remote-list> # multi
        remote-servers                | <string> <remote-list> # multi newer
        statistics-channels           | @statistics-channels # multi
        template                      | <string> @zone # multi newer
        tls                           | <string> @tls # multi
        view                          | <string> [? <class> ] @view # multi
        """;

    /// <summary>Statements at the top level and in a view.</summary>
    public const string TopAndView =
        """
        dlz                           | <string> @dlz # multi
        dyndb                         | <string> <quoted_string> <raw> # multi
        key                           | <string> @key # multi
        managed-keys                  | { <string> ( static-key | initial-key | static-ds | initial-ds ) <integer>
            + <integer> <integer> <quoted_string>; ... } # multi deprecated
        plugin                        | ( query ) <string> [? <raw> ] # multi
        server                        | <netprefix> @server # multi
        trust-anchors                 | { <string> ( static-key | initial-key | static-ds | initial-ds ) <integer>
            + <integer> <integer> <quoted_string>; ... } # multi
        trusted-keys                  | { <string> <integer> <integer> <integer> <quoted_string>; ... } # multi
            + deprecated
        zone                          | <string> [? <class> ] @zone # multi
        """;
}
