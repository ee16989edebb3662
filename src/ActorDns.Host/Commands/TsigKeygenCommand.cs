using System.CommandLine;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Commands;

/// <summary>Makes a TSIG key in the layout of BIND's tool of the same name.</summary>
internal static class TsigKeygenCommand
{
    private const string DefaultName = "tsig-key";

    public static Command Create()
    {
        Option<string> algorithm = new("-a", "--algorithm")
        {
            HelpName = "algorithm",
            Description = "hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512; 'hmac-' may be left out",
            DefaultValueFactory = _ => "hmac-sha256",
        };
        Argument<string> name = new("name")
        {
            Description = "Name of the key, the same on both sides; say whose it is, as in ns1-ns2.example",
            DefaultValueFactory = _ => DefaultName,
        };
        Command command = new("tsig-keygen", """
            Makes a TSIG key with a random secret as long as its digest and prints it as a key statement for named.conf.

              actordns tsig-keygen ns1-ns2.example > /etc/bind/ns1-ns2.key
              dig @server example.com AXFR -k /etc/bind/ns1-ns2.key
            """)
        { algorithm, name };
        command.SetAction(parsed => Run(parsed.GetValue(algorithm)!, parsed.GetValue(name)!));
        return command;
    }

    private static int Run(string algorithmText, string nameText)
    {
        if (!TsigAlgorithm.TryParse(algorithmText, out TsigAlgorithm algorithm, out int minimumMacBits))
        {
            Console.Error.WriteLine($"unknown algorithm '{algorithmText}'; known are {string.Join(", ", TsigAlgorithm.All)}");
            return ExitCode.Usage;
        }

        if (!DomainName.TryParse(nameText, DomainName.Root, out DomainName name))
        {
            Console.Error.WriteLine($"'{nameText}' is not a domain name");
            return ExitCode.Usage;
        }

        TsigKey key = new(name, algorithm, TsigSecret.CreateRandom(algorithm), minimumMacBits);
        Console.Out.Write(TsigText.FormatKeyClause(key, nameText));
        return ExitCode.Success;
    }
}
