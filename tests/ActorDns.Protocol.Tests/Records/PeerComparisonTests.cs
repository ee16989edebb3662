using System.Globalization;
using System.Text;

namespace ActorDns.Protocol.Tests.Records;

/// <summary>Compares octets and text with BIND's and ldns', record by record, each as the programs installed here say.</summary>
public sealed class PeerComparisonTests
{
    /// <summary>BIND loads no MD or MF into a zone, and SOA at the top only; named-rrchecker reads these.</summary>
    private static readonly string[] NotInBindZone = ["MD", "MF", "SOA"];

    /// <summary>
    /// What ldns 1.8 cannot read (NXT, A6, WKS without services, KEY without a key, CSYNC without types, a hash of one octet),
    /// reads in another way (NSAP-PTR as a string) or reads wrong (RFC 9460 §A.1 escapes in alpn).
    /// </summary>
    private static readonly string[] NotInLdns =
    [
        "SOA", "NXT", "A6", "NSAP-PTR", "WKS 192.0.2.1 tcp", "KEY 49152 3 5", "CSYNC 0 0", "NSEC3 255", "SVCB 16",
    ];

    [Fact]
    public void BIND_prints_our_text_as_we_do()
    {
        List<RecordExample> examples = InBindZone();
        AssertPrinted(examples, DumpedByBind(examples, example => $"{example.Type} {example.Printed}"));
    }

    [Fact, Rfc(3597, "5")]
    public void BIND_prints_our_octets_in_generic_form_as_we_print_them()
    {
        List<RecordExample> examples = InBindZone();
        AssertPrinted(
            examples,
            DumpedByBind(
                examples,
                example => $"TYPE{RecordText.TypeOf(example.Type).Value} {Generic(RecordText.Parse(example.Type, example.Written))}"));
    }

    [Theory]
    [InlineData("MD")]
    [InlineData("MF")]
    [InlineData("SOA")]
    public void BIND_reads_and_prints_the_types_that_no_zone_holds_as_we_do(string type)
    {
        foreach (RecordExample example in RecordExamples.All.Where(row => row.Type == type))
        {
            string ours = RecordText.Print(type, RecordText.Parse(type, example.Written));
            foreach (string form in new[] { example.Written, Generic(RecordText.Parse(type, example.Written)) })
            {
                string printed = ExternalTool.Run(
                    "named-rrchecker", "bind9", $"IN {type} {form}\n", "-p", "-o", "example.");
                Assert.Equal(ours, printed.Split('\t', 3)[2].Trim());
            }
        }
    }

    [Fact]
    public void Ldns_makes_the_same_octets_of_our_text()
    {
        List<RecordExample> examples = [.. RecordExamples.All.Where(IsInLdns)];
        StringBuilder zone = new("example. 60 IN SOA . . 1 1 1 1 1\n");
        for (int at = 0; at < examples.Count; at++)
        {
            byte[] rdata = RecordText.Parse(examples[at].Type, examples[at].Written);
            zone.Append(
                CultureInfo.InvariantCulture,
                $"r{at:0000}.example. 3600 IN {examples[at].Type} {RecordText.Print(examples[at].Type, rdata)}\n");
        }

        string printed = ReadWith(zone, file => ExternalTool.Run("ldns-read-zone", "ldnsutils", string.Empty, "-U", "SOA", file));
        Dictionary<int, string> octets = ByOwner(printed, "\t", column: 4);
        for (int at = 0; at < examples.Count; at++)
        {
            byte[] rdata = RecordText.Parse(examples[at].Type, examples[at].Written);
            Assert.True(octets.TryGetValue(at, out string? generic), $"{examples[at]} is missing");
            Assert.Equal(
                Convert.ToHexString(rdata),
                Convert.ToHexString(RecordText.Parse("TYPE65280", generic.Split(';')[0].Trim())));
        }
    }

    private static bool IsInLdns(RecordExample row) =>
        !NotInLdns.Contains(row.Type)
        && !NotInLdns.Contains($"{row.Type} {row.Written}")
        && !NotInLdns.Contains($"{row.Type} {row.Written.Split(' ')[0]}");

    private static List<RecordExample> InBindZone() =>
        [.. RecordExamples.All.Where(row => !NotInBindZone.Contains(row.Type))];

    private static string Generic(byte[] rdata) => $"\\# {rdata.Length} {Convert.ToHexString(rdata)}";

    private static Dictionary<int, string> DumpedByBind(List<RecordExample> examples, Func<RecordExample, string> write)
    {
        StringBuilder zone = new("$TTL 3600\n@ SOA ns h 1 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n");
        for (int at = 0; at < examples.Count; at++)
            zone.Append(CultureInfo.InvariantCulture, $"r{at:0000} {write(examples[at])}\n");
        string dumped = ReadWith(zone, file => ExternalTool.Run(
            "named-checkzone", "bind9-utils", string.Empty, "-q", "-D", "-i", "none", "-k", "ignore", "-n", "ignore",
            "-m", "ignore", "-M", "ignore", "-S", "ignore", "example", file));
        return ByOwner(dumped.Replace('\t', ' '), " ", column: 4);
    }

    private static void AssertPrinted(List<RecordExample> examples, Dictionary<int, string> printed)
    {
        for (int at = 0; at < examples.Count; at++)
        {
            RecordExample example = examples[at];
            Assert.True(printed.TryGetValue(at, out string? text), $"{example} is missing");
            Assert.Equal(text, RecordText.Print(example.Type, RecordText.Parse(example.Type, example.Written)));
        }
    }

    private static string ReadWith(StringBuilder zone, Func<string, string> read)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, zone.ToString());
            return read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>RDATA by the number in the owner name <c>r0000.example.</c>.</summary>
    private static Dictionary<int, string> ByOwner(string printed, string separator, int column)
    {
        Dictionary<int, string> rdata = [];
        foreach (string line in printed.Split('\n').Where(line => line.StartsWith('r') && line.Contains(".example.")))
        {
            string[] columns = line.Split(separator, column + 1, StringSplitOptions.RemoveEmptyEntries);
            int number = int.Parse(line.AsSpan(1, 4), CultureInfo.InvariantCulture);
            rdata[number] = columns.Length > column ? columns[column].Trim() : string.Empty;
        }

        return rdata;
    }
}
