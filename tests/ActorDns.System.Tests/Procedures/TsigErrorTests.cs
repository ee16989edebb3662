using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Procedures;

/// <summary>Every way in which a signature can be wrong, as it looks on the wire and to <c>dig</c>.</summary>
public sealed class TsigErrorTests(LabPrimary lab) : IClassFixture<LabPrimary>
{
    private const string Zone = LabPrimary.Zone;

    private const string Unsigned = " mac=0 verified=False other=0 clock=right";

    private TestKey Key => lab.Transfer;

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Unknown_key_is_NOTAUTH_with_BADKEY_and_not_signed(string transport) =>
        Assert.StartsWith(
            "NOTAUTH answers=0 ede=- tsig: nobody.example BADKEY" + Unsigned,
            await lab.AskAsync(Zone, "SOA", TestKey.Create("nobody.example"), transport),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Wrong_secret_is_NOTAUTH_with_BADSIG_and_not_signed(string transport) =>
        Assert.StartsWith(
            $"NOTAUTH answers=0 ede=- tsig: {Key.Name} BADSIG" + Unsigned,
            await lab.AskAsync(Zone, "SOA", Key.WithWrongSecret, transport),
            StringComparison.Ordinal);

    [Fact]
    public async Task Other_algorithm_under_the_name_of_a_key_is_BADKEY() =>
        Assert.StartsWith(
            $"NOTAUTH answers=0 ede=- tsig: {Key.Name} BADKEY" + Unsigned,
            await lab.AskAsync(Zone, "SOA", Key with { Algorithm = "hmac-sha512" }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task Clock_beyond_the_fudge_is_BADTIME_signed_with_the_time_of_the_client_and_the_clock_of_the_server(int skew) =>
        Assert.Equal(
            $"NOTAUTH answers=0 ede=- tsig: {Key.Name} BADTIME mac=32 verified=True other=6 clock=right repeats=True",
            await lab.AskAsync(Zone, "SOA", Key, $"skew={skew}"));

    [Theory]
    [InlineData(-240)]
    [InlineData(240)]
    public async Task Clock_within_five_minutes_is_good(int skew) =>
        Assert.StartsWith(
            $"NOERROR answers=1 ede=- tsig: {Key.Name} NOERROR mac=32 verified=True other=0",
            await lab.AskAsync(Zone, "SOA", Key, $"skew={skew}"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Wrong_secret_and_wrong_clock_together_are_BADSIG() =>
        Assert.Contains(
            " BADSIG mac=0 ", await lab.AskAsync(Zone, "SOA", Key.WithWrongSecret, "skew=-400"), StringComparison.Ordinal);

    [Theory]
    [InlineData(16)]
    [InlineData(31)]
    public async Task Truncated_MAC_for_a_key_that_wants_it_whole_is_BADTRUNC_and_signed(int octets) =>
        Assert.StartsWith(
            $"NOTAUTH answers=0 ede=- tsig: {Key.Name} BADTRUNC mac=32 verified=True other=0",
            await lab.AskAsync(Zone, "SOA", Key, $"mac={octets}"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public async Task MAC_below_half_the_digest_is_FORMERR(int octets) =>
        Assert.StartsWith(
            "FORMERR answers=0 ", await lab.AskAsync(Zone, "SOA", Key, $"mac={octets}"), StringComparison.Ordinal);

    [Fact]
    public async Task Empty_MAC_is_FORMERR()
    {
        Assert.SkipWhen(ServerUnderTest.Default == ServerKind.Bind, "BIND calls an empty MAC BADSIG");
        Assert.StartsWith("FORMERR answers=0 ", await lab.AskAsync(Zone, "SOA", Key, "mac=0"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(32)]
    public async Task Key_that_takes_truncated_MACs_takes_its_length_and_longer_ones(int octets) =>
        Assert.Matches(
            "^NOERROR answers=4 ede=- tsig: truncated.example NOERROR mac=[0-9]+ verified=True other=0",
            await lab.AskAsync("truncated.example", "AXFR", LabPrimary.Truncated, $"mac={octets}"));

    [Fact]
    public async Task UPDATE_with_a_wrong_secret_is_NOTAUTH_with_BADSIG_as_every_opcode() =>
        Assert.StartsWith(
            $"NOTAUTH answers=0 ede=- tsig: {Key.Name} BADSIG" + Unsigned,
            await lab.AskAsync(Zone, "SOA", Key.WithWrongSecret, "opcode=5"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Dig_shows_the_error_of_an_unknown_key_and_of_a_wrong_secret()
    {
        ToolResult unknown = await lab.Server.DigAsync(Zone, "AXFR", "-y", TestKey.Create("nobody.example").ForDig);
        ToolResult wrong = await lab.Server.DigAsync(Zone, "AXFR", "-y", Key.WithWrongSecret.ForDig);
        Assert.Contains(" BADKEY ", unknown.Output, StringComparison.Ordinal);
        Assert.Contains(" BADSIG ", wrong.Output, StringComparison.Ordinal);
        Assert.All([unknown, wrong], dig => Assert.Contains("; Transfer failed.", dig.Output, StringComparison.Ordinal));
    }
}
