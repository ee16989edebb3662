using System.Net;
using System.Net.Sockets;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>The prefix of <c>dns64</c> (RFC 6052 §2.2).</summary>
internal static class Dns64Checks
{
    public static void Run(CheckContext context, AclChecks acls, Statement dns64)
    {
        (IPAddress address, int length) = ModelReader.SplitPrefix(dns64.Text!);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            context.Error(dns64.Position, $"dns64 prefix {dns64.Text} must be IPv6");
        else if (address.GetAddressBytes()[8] != 0)
            context.Error(dns64.Position, $"dns64 prefix {dns64.Text} bits [64..71] must be zero");
        else if (length is not (32 or 40 or 48 or 56 or 64 or 96))
            context.Error(dns64.Position, $"dns64 prefix {dns64.Text} length is not 32/40/48/56/64/96");
        foreach (string list in new[] { "clients", "exclude", "mapped" })
            acls.Check(dns64.Block?.Find(list)?.List);
    }
}
