using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Zones.Keys;

/// <summary>
/// All generations of one key, and the rules of how they follow each other. At most one is pending, one active and one retiring, and never
/// all three: two live at once.
/// </summary>
/// <param name="Kind">What the secrets are for.</param>
/// <param name="Name">Name of the line.</param>
/// <param name="Generations">The generations, the oldest first.</param>
public sealed record KeyLine(KeyKind Kind, DomainName Name, ImmutableArray<RegisteredKey> Generations)
{
    private const int MaxLabelBytes = 63;

    /// <summary>The generation that does not sign yet.</summary>
    public RegisteredKey? Pending => Generations.LastOrDefault(key => key.State == KeyState.Pending);

    /// <summary>The generation that signs.</summary>
    public RegisteredKey? Active => Generations.LastOrDefault(key => key.State == KeyState.Active);

    /// <summary>The generation that is still verified.</summary>
    public RegisteredKey? Retiring => Generations.LastOrDefault(key => key.State == KeyState.Retiring);

    /// <summary>The newest generation that verifies; null when none does.</summary>
    public RegisteredKey? Newest => Pending ?? Active ?? Retiring;

    /// <summary>Number that the next generation gets; numbers do not come back.</summary>
    public int NextGeneration => Generations.IsEmpty ? 1 : Generations.Max(key => key.Generation) + 1;

    /// <summary>The lines of all keys, in canonical order of their names.</summary>
    public static ImmutableArray<KeyLine> Of(IEnumerable<RegisteredKey> keys) =>
    [
        .. from key in keys
           group key by (key.Kind, key.Line) into line
           orderby line.Key.Kind, line.Key.Line
           select new KeyLine(line.Key.Kind, line.Key.Line, [.. line.OrderBy(key => key.Generation)]),
    ];

    /// <summary>What is to be done next by itself; null for nothing.</summary>
    public KeyStep? Next(KeyObservations seen)
    {
        if (Pending is { } pending)
            return !pending.IsHeld && seen.IsKnownEverywhere(pending) ? new KeyStep.Activate(pending) : null;
        if (Retiring is { } retiring)
            return IsUnused(retiring, seen) && seen.IsKnownEverywhere(retiring) ? new KeyStep.Retire(retiring) : null;
        return Active is { Every: { } age, Activated: { } since } active && seen.Now - since >= age ? new KeyStep.Rotate(active) : null;
    }

    /// <summary>The time at which a retiring key has been unused for long enough, if nobody uses it until then.</summary>
    public static DateTimeOffset RetiresAt(RegisteredKey key, DateTimeOffset? lastUse)
    {
        DateTimeOffset since = key.RetiringSince ?? key.Created;
        return (lastUse > since ? lastUse.Value : since) + key.Overlap;
    }

    /// <summary>The keys as they are when a pending one has become active.</summary>
    public ImmutableArray<RegisteredKey> Activate(RegisteredKey pending, DateTimeOffset now)
    {
        RegisteredKey active = pending with { State = KeyState.Active, Activated = now, IsHeld = false };
        return Active is { } before
            ? [before with { State = KeyState.Retiring, RetiringSince = now }, active]
            : [active];
    }

    /// <summary>A key as it is when it has ended.</summary>
    public static RegisteredKey End(RegisteredKey key, KeyState state, DateTimeOffset now) =>
        key with { State = state, Ended = now, Secret = null };

    /// <summary>
    /// The next generation: of the algorithm given, with the line's schedule, under the same name or a new one. Null when the line has no
    /// active key, or two that live already.
    /// </summary>
    public RegisteredKey? Succeed(
        TsigSecret secret, string algorithm, bool sameName, DateTimeOffset now, Func<DomainName, bool> isTaken)
    {
        if (Active is not { } active || Pending is not null || Retiring is not null)
            return null;
        return active with
        {
            Generation = NextGeneration,
            Name = sameName ? active.Name : NameOf(NextGeneration, isTaken),
            Algorithm = algorithm,
            Secret = secret,
            State = KeyState.Pending,
            Created = now,
            Activated = null,
            Predecessor = active.Generation,
            IsHeld = false,
            Peers = [],
            RowVersion = 0,
            RingVersion = 0,
        };
    }

    /// <summary>
    /// Names that access lists may know a key by beside its own: the line's, and those of the generations before it. A list that names one
    /// of them means whoever holds that key's place now.
    /// </summary>
    public IEnumerable<DomainName> AncestorsOf(RegisteredKey key) =>
        Generations.Where(older => older.Generation < key.Generation && older.Name != key.Name)
            .Select(older => older.Name)
            .Prepend(Name)
            .Distinct()
            .Where(name => name != key.Name);

    private static bool IsUnused(RegisteredKey key, KeyObservations seen) => seen.Now >= RetiresAt(key, seen.LastUse(key));

    // NAME-g2. What is too long for a label or a name is cut: the name need only be a new one that people recognise.
    private DomainName NameOf(int generation, Func<DomainName, bool> isTaken)
    {
        ReadOnlySpan<byte> wire = Name.Wire;
        string suffix = string.Create(CultureInfo.InvariantCulture, $"-g{generation}");
        byte[] label =
        [
            .. wire.Slice(1, Math.Min(wire[0], MaxLabelBytes - suffix.Length)),
            .. Encoding.ASCII.GetBytes(Name.IsRoot ? suffix[1..] : suffix),
        ];
        DomainName parent = Name.Parent;
        while (1 + label.Length + parent.Wire.Length > WireName.MaxBytes)
            parent = parent.Parent;
        DomainName name = DomainName.FromWire([(byte)label.Length, .. label, .. parent.Wire]);
        return isTaken(name) ? NameOf(generation + 1, isTaken) : name;
    }
}
