using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

/// <summary>Our lists against those of BIND: one zone per random list, asked from many addresses with and without a key.</summary>
public sealed class NamedMatchListTests
{
    private const int Lists = 200;
    private const int ClientsPerList = 6;
    private static readonly string?[] Signers = [null, "key-a", "key-b"];

    [Fact(Timeout = 120_000)]
    public async Task Random_lists_allow_and_refuse_what_named_allows_and_refuses()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        List<IReadOnlyList<MatchListModel>> models = [];
        while (models.Count < Lists)
        {
            IReadOnlyList<MatchListModel> model = MatchListModel.RandomList(random, depth: 3, withIPv6: true);
            if (!MatchListModel.RepeatsPrefixUnderNegation(model))
                models.Add(model);
        }

        LocalAddressBook book = new(InterfacesOfThisHost());
        StringBuilder zones = new();
        for (int index = 0; index < Lists; index++)
        {
            zones.AppendLine(null, $"zone z{index}.test {{ type primary; file \"empty.zone\"; allow-query "
                + $"{MatchListModel.ListText(models[index])}; }};");
        }

        await using NamedProcess named = await NamedProcess.StartAsync(
            zones.ToString(), ["key-a", "key-b"], TestContext.Current.CancellationToken);
        List<string> differences = [];
        for (int index = 0; index < Lists; index++)
        {
            MatchList list = MatchList.Create(models[index].Select(item => item.Element), book);
            for (int round = 0; round < ClientsPerList; round++)
            {
                byte[] client = [127, (byte)random.Next(4), (byte)random.Next(4), (byte)random.Next(1, 4)];
                string? signer = Signers[random.Next(Signers.Length)];
                int rcode = await named.AskAsync($"z{index}.test.", client, signer, TestContext.Current.CancellationToken);
                bool ours = list.Allows(new AccessSubject(NetAddress.FromBytes(client))
                {
                    KeyName = signer is null ? default : DomainName.Parse(signer).Wire,
                });
                if (rcode != (ours ? 0 : 5))
                {
                    differences.Add($"{MatchListModel.ListText(models[index])} for {new IPAddress(client)} signed by "
                        + $"{signer ?? "none"}: we {(ours ? "allow" : "refuse")}, named answers rcode {rcode}");
                }
            }
        }

        Assert.True(differences.Count == 0, $"seed {seed}:\n{string.Join('\n', differences)}");
    }

    private static LocalAddresses InterfacesOfThisHost() => new(
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => (NetAddress.From(unicast.Address), unicast.PrefixLength)));
}
