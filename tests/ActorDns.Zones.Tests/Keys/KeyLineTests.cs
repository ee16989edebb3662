using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Keys;

namespace ActorDns.Zones.Tests.Keys;

public sealed class KeyLineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TsigSecret Secret = new("0123456789abcdef0123456789abcdef"u8);

    [Fact]
    public void Pending_key_waits_for_every_live_node()
    {
        KeyLine line = Line(Key(1, KeyState.Pending) with { RingVersion = 5 });

        Assert.Null(line.Next(Seen(0, ("a", 5), ("b", 4))));
        Assert.Null(line.Next(Seen(0)));
        Assert.Equal(new KeyStep.Activate(line.Generations[0]), line.Next(Seen(0, ("a", 5), ("b", 6))));
    }

    [Fact]
    public void Held_key_waits_for_the_command() =>
        Assert.Null(Line(Key(1, KeyState.Pending) with { IsHeld = true }).Next(Seen(0, ("a", 9))));

    [Fact]
    public void Activation_makes_the_predecessor_retire()
    {
        KeyLine line = Line(Key(1, KeyState.Active), Key(2, KeyState.Pending) with { IsHeld = true });

        RegisteredKey[] after = [.. line.Activate(line.Pending!, Start.AddDays(1))];

        Assert.Equal([(1, KeyState.Retiring), (2, KeyState.Active)], after.Select(key => (key.Generation, key.State)));
        Assert.Equal((Start.AddDays(1), Start.AddDays(1), false), (after[0].RetiringSince!.Value, after[1].Activated!.Value, after[1].IsHeld));
    }

    [Theory]
    [InlineData(6, null, false)]
    [InlineData(7, null, true)]
    [InlineData(8, 2, false)]
    [InlineData(9, 2, true)]
    public void Retiring_key_ends_when_it_has_been_unused_for_its_overlap(int day, int? lastUsedDay, bool ends)
    {
        KeyLine line = Line(Key(1, KeyState.Retiring) with { RetiringSince = Start }, Key(2, KeyState.Active));
        DateTimeOffset? used = lastUsedDay is { } at ? Start.AddDays(at) : null;

        KeyStep? step = line.Next(Seen(day, ("a", 9)) with { LastUse = key => key.Generation == 1 ? used : Start.AddDays(day) });

        Assert.Equal(ends ? new KeyStep.Retire(line.Generations[0]) : null, step);
    }

    [Fact]
    public void Retiring_key_does_not_end_before_every_node_signs_with_its_successor()
    {
        KeyLine line = Line(Key(1, KeyState.Retiring) with { RetiringSince = Start, RingVersion = 3 });

        Assert.Null(line.Next(Seen(30, ("a", 3), ("b", 2))));
    }

    [Fact]
    public void Scheduled_key_is_rotated_at_its_age_and_not_while_another_retires()
    {
        RegisteredKey active = Key(2, KeyState.Active) with { Every = TimeSpan.FromDays(365), Activated = Start };

        Assert.Null(Line(active).Next(Seen(364, ("a", 9))));
        Assert.Equal(new KeyStep.Rotate(active), Line(active).Next(Seen(365, ("a", 9))));
        RegisteredKey used = Key(1, KeyState.Retiring) with { RetiringSince = Start.AddDays(364) };
        Assert.Null(Line(used, active).Next(Seen(366, ("a", 9))));
    }

    [Theory]
    [InlineData("certbot.", false, "certbot-g2.")]
    [InlineData("certbot.example.", false, "certbot-g2.example.")]
    [InlineData("certbot.", true, "certbot.")]
    [InlineData(".", false, "g2.")]
    [InlineData(
        "a23456789a123456789a123456789a123456789a123456789a123456789a123.x.",
        false,
        "a23456789a123456789a123456789a123456789a123456789a123456789a-g2.x.")]
    public void Successor_is_named_after_its_line(string line, bool sameName, string expected)
    {
        RegisteredKey active = Key(1, KeyState.Active) with { Line = DomainName.Parse(line), Name = DomainName.Parse(line) };

        RegisteredKey successor = Line(active).Succeed(Secret, "hmac-sha512", sameName, Start, _ => false)!;

        Assert.Equal(expected, successor.Name.ToString());
        Assert.Equal((2, 1, KeyState.Pending, 0L), (successor.Generation, successor.Predecessor!.Value, successor.State, successor.RowVersion));
    }

    [Fact]
    public void Successor_of_a_name_of_full_length_is_cut_to_fit()
    {
        string label = new('a', 63);
        string name = $"b.{label}.{label}.{label}.{new string('c', 59)}.";
        RegisteredKey active = Key(1, KeyState.Active) with { Line = DomainName.Parse(name), Name = DomainName.Parse(name) };

        RegisteredKey successor = Line(active).Succeed(Secret, "hmac-sha256", false, Start, _ => false)!;

        Assert.True(successor.Name.Wire.Length <= WireName.MaxBytes);
        Assert.NotEqual(active.Name, successor.Name);
    }

    [Fact]
    public void Name_that_somebody_else_has_is_passed_over() =>
        Assert.Equal(
            "certbot-g3.",
            Line(Key(1, KeyState.Active)).Succeed(Secret, "hmac-sha256", false, Start, name => name == DomainName.Parse("certbot-g2."))!
                .Name.ToString());

    [Fact]
    public void Line_with_two_live_keys_has_no_room_for_a_third()
    {
        Assert.Null(Line(Key(1, KeyState.Active), Key(2, KeyState.Pending)).Succeed(Secret, "hmac-sha256", false, Start, _ => false));
        Assert.Null(Line(Key(1, KeyState.Retiring), Key(2, KeyState.Active)).Succeed(Secret, "hmac-sha256", false, Start, _ => false));
        Assert.Null(Line(Key(1, KeyState.Retired)).Succeed(Secret, "hmac-sha256", false, Start, _ => false));
    }

    [Fact]
    public void Key_has_the_place_of_all_that_came_before_it() =>
        Assert.Equal(
            ["certbot.", "certbot-g2."],
            Line(Key(1, KeyState.Retired), Key(2, KeyState.Retiring), Key(3, KeyState.Active)) is var line
                ? line.AncestorsOf(line.Active!).Select(name => name.ToString())
                : []);

    [Fact]
    public void End_takes_the_secret_away() =>
        Assert.Null(KeyLine.End(Key(1, KeyState.Active), KeyState.Revoked, Start).Secret);

    internal static KeyLine Line(params RegisteredKey[] keys) => Assert.Single(KeyLine.Of(keys));

    internal static RegisteredKey Key(int generation, KeyState state) => new()
    {
        Line = DomainName.Parse("certbot."),
        Generation = generation,
        Name = DomainName.Parse(generation == 1 ? "certbot." : $"certbot-g{generation}."),
        Algorithm = "hmac-sha256",
        State = state,
        Created = Start,
        Secret = state is KeyState.Retired or KeyState.Revoked ? null : new TsigSecret([.. Secret.Octets[1..], (byte)generation]),
        RingVersion = 1,
    };

    private static KeyObservations Seen(int day, params (string Node, long Version)[] nodes) => new(
        Start.AddDays(day),
        [.. nodes.Select(node => node.Node)],
        nodes.ToDictionary(node => node.Node, node => node.Version),
        _ => null);
}
