using System.Globalization;
using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

/// <summary>
/// A match list as a plain tree with three faces: the text that named.conf would hold, the compiled list, and a verdict that is
/// worked out slowly from the rules as the manual words them.
/// </summary>
internal abstract record MatchListModel(bool Not)
{
    public abstract string Text { get; }

    public abstract MatchElement Element { get; }

    public static string ListText(IEnumerable<MatchListModel> list) =>
        $"{{ {string.Concat(list.Select(item => (item.Not ? "!" : "") + item.Text + "; "))}}}";

    /// <summary>The verdict of a whole list: true, false, or null when nothing matched.</summary>
    public static bool? Verdict(IReadOnlyList<MatchListModel> list, byte[] client, string? signer, LocalAddresses local)
    {
        MatchListModel? first = list.FirstOrDefault(item => item.Matches(client, signer, local));
        return first is null ? null : first.Not == first is Word { Name: "none" };
    }

    public static IReadOnlyList<MatchListModel> RandomList(Random random, int depth, bool withIPv6)
    {
        int count = random.Next(1, 5);
        return [.. Enumerable.Range(0, count).Select(_ => RandomItem(random, depth, withIPv6))];
    }

    /// <summary>
    /// True when a prefix stands in the list and again, later, in a negated list inside it. BIND keeps the prefixes of a list
    /// in one tree and turns the earlier entry into a denial there, although the earlier one comes first; we do not follow it.
    /// </summary>
    public static bool RepeatsPrefixUnderNegation(IEnumerable<MatchListModel> list) =>
        RepeatsPrefixUnderNegation(list, [], isNegated: false);

    protected abstract bool Matches(byte[] client, string? signer, LocalAddresses local);

    private static MatchListModel RandomItem(Random random, int depth, bool withIPv6)
    {
        bool not = random.Next(3) == 0;
        return random.Next(depth > 0 ? 12 : 9) switch
        {
            0 => new Word(not, random.Next(2) == 0 ? "any" : "none"),
            1 => new Word(not, random.Next(2) == 0 ? "localhost" : "localnets"),
            2 or 3 => new Key(not, random.Next(2) == 0 ? "key-a" : "key-b"),
            < 9 => RandomNet(random, not, withIPv6),
            _ => new Nest(not, RandomList(random, depth - 1, withIPv6)),
        };
    }

    private static Net RandomNet(Random random, bool not, bool withIPv6)
    {
        // Few distinct octets, so that lists and clients meet often.
        if (withIPv6 && random.Next(3) == 0)
        {
            byte[] six = new byte[16];
            six[0] = 0x20;
            six[7] = (byte)random.Next(4);
            six[15] = (byte)random.Next(4);
            return new Net(not, six, Pick(random, [0, 3, 62, 63, 64, 65, 126, 127, 128]));
        }

        byte[] four = [127, (byte)random.Next(3), (byte)random.Next(3), (byte)random.Next(1, 4)];
        return new Net(not, four, Pick(random, [0, 8, 14, 15, 16, 22, 23, 24, 30, 31, 32]));
    }

    private static bool RepeatsPrefixUnderNegation(IEnumerable<MatchListModel> list, HashSet<string> seen, bool isNegated)
    {
        foreach (MatchListModel item in list)
        {
            if (item is Nest nest && RepeatsPrefixUnderNegation(nest.Items, seen, isNegated || nest.Not))
                return true;
            string? prefix = item switch
            {
                Word { Name: "any" or "none" } or Net { Bits: 0 } => "everything",
                Net net => net.Text,
                _ => null,
            };
            if (prefix is not null && !seen.Add(prefix) && isNegated)
                return true;
        }

        return false;
    }

    private static int Pick(Random random, ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];

    private sealed record Word(bool Not, string Name) : MatchListModel(Not)
    {
        public override string Text => Name;

        public override MatchElement Element => Name switch
        {
            "any" => MatchElement.Any(Not),
            "none" => MatchElement.None(Not),
            "localhost" => MatchElement.LocalHost(Not),
            _ => MatchElement.LocalNets(Not),
        };

        protected override bool Matches(byte[] client, string? signer, LocalAddresses local)
        {
            NetAddress address = NetAddress.FromBytes(client);
            return Name switch
            {
                "localhost" => local.Addresses.ToArray().Contains(address),
                "localnets" => local.Networks.ToArray().Any(net => net.Contains(address)),
                _ => true,
            };
        }
    }

    private sealed record Key(bool Not, string Name) : MatchListModel(Not)
    {
        public override string Text => $"key {Name}";

        public override MatchElement Element => MatchElement.Key(DomainName.Parse(Name), Not);

        protected override bool Matches(byte[] client, string? signer, LocalAddresses local) => signer == Name;
    }

    private sealed record Net(bool Not, byte[] Octets, int Bits) : MatchListModel(Not)
    {
        public override string Text => string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(Cleared())}/{Bits}");

        public override MatchElement Element => MatchElement.Prefix(new NetPrefix(NetAddress.FromBytes(Octets), Bits), Not);

        protected override bool Matches(byte[] client, string? signer, LocalAddresses local)
        {
            if (client.Length != Octets.Length)
                return false;
            for (int bit = 0; bit < Bits; bit++)
            {
                if (((client[bit / 8] ^ Octets[bit / 8]) & (0x80 >> (bit % 8))) != 0)
                    return false;
            }

            return true;
        }

        private byte[] Cleared()
        {
            byte[] octets = [.. Octets];
            for (int bit = Bits; bit < octets.Length * 8; bit++)
                octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            return octets;
        }
    }

    private sealed record Nest(bool Not, IReadOnlyList<MatchListModel> Items) : MatchListModel(Not)
    {
        public override string Text => ListText(Items);

        public override MatchElement Element => MatchElement.Nested(Items.Select(item => item.Element), Not);

        protected override bool Matches(byte[] client, string? signer, LocalAddresses local) =>
            Verdict(Items, client, signer, local) == true;
    }
}
