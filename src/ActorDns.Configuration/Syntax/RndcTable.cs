namespace ActorDns.Configuration.Syntax;

/// <summary>The statements of <c>rndc.conf</c>, the file of whoever sends commands.</summary>
internal static class RndcTable
{
    public const string Top =
        """
        key                           | <string> @key # multi
        server                        | <string> @rndc-server # multi
        options                       | @rndc-options
        """;

    public const string Options =
        """
        default-key                   | <string>
        default-server                | <string>
        default-port                  | <integer>
        default-source-address        | <ip_address>
        default-source-address-v6     | <ip_address>
        """;

    public const string Server =
        """
        key                           | <string>
        port                          | <integer>
        addresses                     | { <string> [ port <integer> ]; ... }
        source-address                | <ip_address>
        source-address-v6             | <ip_address>
        """;
}
