using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

public sealed class MatchListPropertyTests
{
    private static readonly string?[] Signers = [null, "key-a", "key-b", "key-c"];

    [Fact]
    public void Compiled_lists_decide_as_the_rules_worked_out_slowly()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        LocalAddresses local = new(
        [
            (NetAddress.From(IPAddress.Parse("127.0.0.1")), 15),
            (NetAddress.From(IPAddress.Parse("2000:0:0:1::2")), 64),
        ]);
        LocalAddressBook book = new(local);
        for (int round = 0; round < 5_000; round++)
        {
            IReadOnlyList<MatchListModel> model = MatchListModel.RandomList(random, depth: 3, withIPv6: true);
            MatchList list = MatchList.Create(model.Select(item => item.Element), book);
            for (int client = 0; client < 8; client++)
            {
                byte[] address = RandomClient(random);
                string? signer = Signers[random.Next(Signers.Length)];
                MatchDecision expected = MatchListModel.Verdict(model, address, signer, local) switch
                {
                    true => MatchDecision.Allow,
                    false => MatchDecision.Deny,
                    null => MatchDecision.NoMatch,
                };
                MatchResult actual = list.Match(new AccessSubject(NetAddress.FromBytes(address))
                {
                    KeyName = signer is null ? default : DomainName.Parse(signer).Wire,
                });
                Assert.True(
                    expected == actual.Decision,
                    $"seed {seed}: {MatchListModel.ListText(model)} for {new IPAddress(address)} signed by {signer ?? "none"}:"
                        + $" {expected}, but {actual}");
            }
        }
    }

    private static byte[] RandomClient(Random random)
    {
        if (random.Next(2) == 0)
            return [127, (byte)random.Next(4), (byte)random.Next(4), (byte)random.Next(1, 4)];
        byte[] six = new byte[16];
        six[0] = 0x20;
        six[7] = (byte)random.Next(4);
        six[15] = (byte)random.Next(4);
        return six;
    }
}
