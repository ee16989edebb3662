using System.Runtime.CompilerServices;

namespace ActorDns.Fuzz.Tests;

/// <summary>Mutated seeds through every parser: whatever comes, no exception escapes.</summary>
public sealed class ParserFuzzTests
{
    private const int Seed = 20_260_102;

    private delegate void Target(ReadOnlySpan<byte> input);

    [Fact]
    public void Message_scan_never_throws() => Run(Targets.Scan, Seeds.Hex("messages"), FuzzSize.Parser);

    [Fact]
    public void Name_reader_never_throws_and_keeps_its_place_on_an_error() => Run(Targets.Names, Seeds.Hex("messages"), FuzzSize.Parser);

    [Fact]
    public void Record_formats_never_throw() => Run(Targets.Records, RecordSeeds(), FuzzSize.Parser);

    [Fact]
    public void Edns_reader_never_throws() => Run(Targets.Edns, Seeds.Hex("options"), FuzzSize.Parser);

    [Fact]
    public void Tsig_verifier_never_throws() => Run(Targets.Tsig, Seeds.Hex("messages"), FuzzSize.Parser);

    [Fact]
    public void Configuration_loader_never_throws() => Run(Targets.Configuration, Seeds.Text("*.conf"), FuzzSize.Parser);

    [Fact]
    public void Master_file_reader_never_throws() => Run(Targets.MasterFile, Seeds.Text("*.zone"), FuzzSize.Parser);

    [Fact]
    public void Updates_never_throw_and_their_changes_apply() => Run(UpdateTarget.Evaluate, Seeds.Hex("updates"), FuzzSize.Parser);

    [Fact]
    public void Changes_never_throw() => Run(UpdateTarget.Change, Seeds.Hex("changes"), FuzzSize.Parser);

    [Fact]
    public void Control_channel_reader_never_throws() => Run(Targets.Control, Seeds.Hex("control"), FuzzSize.Parser);

    [Fact]
    public void Transfers_never_throw_and_give_nothing_before_they_are_whole() =>
        Run(TransferTarget.Read, [.. Seeds.Hex("messages"), .. TransferTarget.MakeSeeds()], FuzzSize.Parser);

    private static byte[][] RecordSeeds() =>
    [
        .. from start in Seeds.Hex("rdata")
           from type in Enumerable.Range(0, ActorDns.Protocol.Records.RecordFormats.All.Count)
           select (byte[])[(byte)type, .. start],
    ];

    private static void Run(Target target, byte[][] seeds, int count, [CallerMemberName] string test = "")
    {
        Mutator mutator = new(seeds, Seed);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> input = mutator.Next();
            try
            {
                target(input);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {Seed}, input {i}, {Convert.ToHexString(input)}: {error}");
            }
        }

        Evidence.Add($"fuzz: {test.Replace('_', ' ')}", $"{count} inputs");
    }
}
