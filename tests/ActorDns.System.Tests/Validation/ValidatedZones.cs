using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Zones;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Validation;

/// <summary>
/// Three trust anchors, one for each way of denial, each with a secure, an insecure and a forged child that another server has, so that
/// a resolver has to follow referrals.
/// </summary>
internal static class ValidatedZones
{
    public const string Nsec = "nsec";
    public const string Nsec3 = "nsec3";
    public const string OptOut = "optout";

    public static readonly string[] Parents = [Nsec, Nsec3, OptOut];

    /// <summary>Owners that exist in every signed zone, empty non-terminals among them.</summary>
    public static readonly string[] Owners =
        ["", "www.", "mail.", "alias.", "chain.", "a.b.ent.", "b.ent.", "ent.", "a.target.", "b.target.", "_sip._udp.", "big."];

    /// <summary>Owners whose answers are made up: by wildcards and by DNAME.</summary>
    public static readonly string[] Synthesized = ["x.wild.", "y.x.wild.", "w.wc.", "a.dn.", "b.dn."];

    private const string Content = """
        www IN A 192.0.2.80
        www IN A 192.0.2.81
        @ IN MX 10 mail
        mail IN A 192.0.2.25
        mail IN AAAA 2001:db8::25
        alias IN CNAME www
        chain IN CNAME alias
        *.wild IN TXT "wild"
        *.wild IN A 192.0.2.99
        *.wc IN CNAME www
        a.b.ent IN A 192.0.2.1
        dn IN DNAME target
        a.target IN A 192.0.2.7
        b.target IN TXT "through a DNAME"
        _sip._udp IN SRV 0 5 5060 www

        """;

    /// <summary>Writes and signs everything; the parents listen on one address, the children on the other.</summary>
    public static async Task<(NamedConf Parents, NamedConf Children)> WriteAsync(TempFolder folder, string parents, string children)
    {
        NamedConf ofParents = new NamedConf().ListenOn(parents);
        NamedConf ofChildren = new NamedConf().ListenOn(children);
        foreach (string parent in Parents)
        {
            string[] denial = parent switch { Nsec => [], Nsec3 => ["-3", "-"], _ => ["-3", "aabbcc", "-A"] };
            string delegations = "";
            foreach (string child in (string[])["child", "plain", "bogus"])
            {
                string zone = $"{child}.{parent}";
                folder.Write(zone, Head(children) + Content + Big);
                if (child != "plain")
                    await ZoneSigner.SignAsync(folder, zone, denial);
                if (child == "bogus")
                    await ForgeAsync(folder[zone + ".signed"]);
                ofChildren.Primary(zone, child == "plain" ? zone : zone + ".signed");
                delegations += $"{child} IN NS ns.{child}\nns.{child} IN A {children}\n";
            }

            folder.Write(parent, Head(parents) + Content + Big + delegations);
            await ZoneSigner.SignAsync(folder, parent, denial);
            ofParents.Primary(parent, parent + ".signed");
        }

        return (ofParents, ofChildren);
    }

    private static string Big => string.Concat(Enumerable.Range(0, 40).Select(i => $"big IN TXT \"{i:000}{new string('x', 60)}\"\n"));

    private static string Head(string address) =>
        $"$TTL 300\n@ IN SOA ns hostmaster 7 3600 600 604800 60\n@ IN NS ns\nns IN A {address}\n";

    /// <summary>Changes an address behind the back of its signature.</summary>
    private static async Task ForgeAsync(string file)
    {
        string text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("192.0.2.80", "192.0.2.180", StringComparison.Ordinal));
    }
}
