using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>
/// Decides what an operator's request changes. Writes nothing: the registry does, and asks again when somebody else was faster.
/// </summary>
/// <param name="report">The registry, and who uses its keys.</param>
/// <param name="keys">Its keys with their secrets.</param>
/// <param name="configured">The keys of the configuration.</param>
internal sealed class KeyDesk(KeyReport report, ImmutableArray<RegisteredKey> keys, IReadOnlyList<TsigKey> configured)
{
    private const string DefaultCookieLine = "cookie.";

    /// <summary>Name of the line of cookie secrets.</summary>
    public static readonly DomainName CookieLine = DomainName.Parse(DefaultCookieLine);

    private DateTimeOffset Now => report.Time;

    /// <summary>Decides.</summary>
    public KeyDecision Decide(KeyRequest request) => request switch
    {
        KeyRequest.Generate generate => Generate(generate),
        KeyRequest.Import import => Import(import),
        KeyRequest.Rotate rotate => Rotate(rotate),
        KeyRequest.Activate activate => Activate(activate),
        KeyRequest.Retire retire => Retire(retire),
        KeyRequest.Revoke revoke => Revoke(revoke),
        KeyRequest.Export export => Export(export),
        KeyRequest.List => KeyAnswer.Done("") with { Report = report },
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };

    /// <summary>The next generation of a line with a secret of its own.</summary>
    public RegisteredKey? SucceedBySchedule(RegisteredKey active)
    {
        KeyLine line = report.Lines.First(known => known.Kind == active.Kind && known.Name == active.Line);
        bool keepsName = active.Kind == KeyKind.Cookie
            || line.Generations.Any(key => key.Generation == active.Predecessor && key.Name == active.Name);
        return line.Succeed(NewSecret(active.Kind, active.Algorithm), active.Algorithm, keepsName, Now, IsTaken);
    }

    /// <summary>A random secret for an algorithm.</summary>
    public static TsigSecret NewSecret(KeyKind kind, string algorithm) =>
        kind == KeyKind.Cookie
            ? new TsigSecret(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Protocol.Edns.SipHash24.KeyBytes))
            : TsigSecret.CreateRandom(
                TsigAlgorithm.TryParse(algorithm, out TsigAlgorithm known, out _) ? known : TsigAlgorithm.HmacSha256);

    private KeyDecision Generate(KeyRequest.Generate request)
    {
        if (WhyTaken(request.Name) is { } why)
            return KeyDecision.Refuse(why);
        RegisteredKey key = New(request.Name, request.Algorithm, NewSecret(KeyKind.Tsig, request.Algorithm), request.Options);
        return new KeyDecision(KeyAnswer.Done(Born(key)) with { Key = key }, [key]);
    }

    private KeyDecision Import(KeyRequest.Import request)
    {
        if (request.Replaces is { } old)
            return Replace(request, old);
        List<RegisteredKey> made = [];
        foreach (TsigKey key in request.Keys)
        {
            TsigKey? own = configured.FirstOrDefault(known => known.Name == key.Name);
            if (own is not null && !own.Secret.Equals(key.Secret))
                return KeyDecision.Refuse($"named.conf defines key '{key.Name.ToLogString()}' with another secret");
            if (own is null && WhyTaken(key.Name) is { } why || own is not null && (why = WhyRegistered(key.Name)) is not null)
                return KeyDecision.Refuse(why);
            RegisteredKey registered = New(key.Name, key.AlgorithmText, key.Secret, request.Options);
            made.Add(own is null ? registered : Adopt(registered));
        }

        return new KeyDecision(KeyAnswer.Done(string.Join('\n', made.Select(Born))), [.. made]);
    }

    private KeyDecision Replace(KeyRequest.Import request, DomainName old)
    {
        if (request.Keys is not [var only])
            return KeyDecision.Refuse("one key succeeds another: the input has several");
        return Succeed(old, request.Options, (line, options) => line.Succeed(
            only.Secret, only.AlgorithmText, sameName: true, Now, IsTaken) is { } next ? next with { Name = only.Name } : null);
    }

    private KeyDecision Rotate(KeyRequest.Rotate request) => Succeed(request.Name, request.Options, (line, options) =>
    {
        string algorithm = request.Algorithm ?? line.Active!.Algorithm;
        return line.Succeed(NewSecret(KeyKind.Tsig, algorithm), algorithm, request.SameName, Now, IsTaken);
    });

    private KeyDecision Succeed(DomainName name, KeyOptions options, Func<KeyLine, KeyOptions, RegisteredKey?> make)
    {
        List<RegisteredKey> writes = [];
        KeyLine? line = FindLine(name);
        if (line is null && configured.FirstOrDefault(key => key.Name == name) is { } own)
        {
            RegisteredKey adopted = Adopt(New(own.Name, own.AlgorithmText, own.Secret, options));
            line = new KeyLine(KeyKind.Tsig, adopted.Line, [adopted]);
            writes.Add(adopted);
        }

        if (line is null)
            return KeyAnswer.Unknown(name.ToLogString());
        if (line.Active is null)
            return KeyDecision.Refuse($"key '{name.ToLogString()}' is not active: there is nothing to succeed; generate or activate one");
        if (line.Pending is { } pending)
            return KeyDecision.Refuse($"generation {pending.Generation} of '{line.Name.ToLogString()}' waits already to become active");
        if (line.Retiring is { } retiring)
        {
            return KeyDecision.Refuse(
                $"generation {retiring.Generation} of '{line.Name.ToLogString()}' is still retiring: retire it first "
                + $"({UseText(retiring)})");
        }

        RegisteredKey next = make(line, options)!;
        next = next with
        {
            Every = options.Every is { } every ? (every > TimeSpan.Zero ? every : null) : next.Every,
            Overlap = options.Overlap ?? next.Overlap,
            IsHeld = options.Hold,
        };
        if (options.Overlap is { } overlap && writes is [])
            writes.Add(line.Active with { Overlap = overlap });
        writes.Add(next);
        string waits = next.IsHeld
            ? $"signs when you say: key activate {line.Name.ToLogString()}"
            : "signs as soon as every node has confirmed it";
        return new KeyDecision(
            KeyAnswer.Done(
                $"key '{line.Name.ToLogString()}' generation {next.Generation} is '{next.Name.ToLogString()}', "
                + $"verifies from now on and {waits}; "
                + $"generation {line.Active.Generation} stays valid until it has been unused for {KeyTime.Words(next.Overlap)}")
            with
            { Key = next },
            [.. writes]);
    }

    private KeyDecision Activate(KeyRequest.Activate request)
    {
        if (Find(request.Name, request.Generation, line => line.Pending, out KeyLine? line) is not { } key)
            return NotFound(request.Name, line, "is pending");
        if (key.State != KeyState.Pending)
            return KeyDecision.Refuse($"{Called(key)} is {Word(key.State)}, not pending");
        string[] without = [.. report.Seen.NodesWithout(key)];
        if (without.Length > 0 && !request.Force)
        {
            return KeyDecision.Refuse(
                $"{Called(key)} is not known at {string.Join(", ", without)} yet: what is signed with it would be refused there; "
                + "--force does it anyway");
        }

        ImmutableArray<RegisteredKey> writes = line!.Activate(key, Now);
        return new KeyDecision(KeyAnswer.Done($"{Called(key)} signs from now on"), writes);
    }

    private KeyDecision Retire(KeyRequest.Retire request)
    {
        if (Find(request.Name, request.Generation, line => line.Retiring ?? line.Active, out KeyLine? line) is not { } key)
            return NotFound(request.Name, line, "lives");
        if (!key.IsLive)
            return KeyDecision.Refuse($"{Called(key)} is {Word(key.State)} already");
        if (key.State == KeyState.Active && line!.Pending is { } pending)
            return KeyDecision.Refuse($"{Called(key)} signs, and its successor waits: activate generation {pending.Generation} first");
        KeyUse[] recent = [.. report.UsesOf(key).Where(use => use.LastUsed > Now - key.Overlap)];
        if (recent.Length > 0 && !request.Force)
        {
            return KeyDecision.Refuse(
                $"{Called(key)} is in use; --force retires it all the same, and these are refused from then on:\n"
                + string.Join('\n', recent.Select(Described)));
        }

        return new KeyDecision(
            KeyAnswer.Done($"{Called(key)} is retired; its secret is gone"), [KeyLine.End(key, KeyState.Retired, Now)]);
    }

    private KeyDecision Revoke(KeyRequest.Revoke request)
    {
        KeyLine? line = FindLine(request.Name);
        RegisteredKey[] live = line is null ? [] : [.. line.Generations.Where(key => key.IsLive)];
        if (request.Generation is null && FindOwnName(request.Name) is null && live.Length > 1)
        {
            return KeyDecision.Refuse(
                $"several generations live: name one with --gen ({string.Join(", ", live.Select(key => key.Generation))})");
        }

        if (Find(request.Name, request.Generation, known => known.Newest, out line) is not { } key)
            return NotFound(request.Name, line, "lives");
        if (!key.IsLive)
            return KeyDecision.Refuse($"{Called(key)} is {Word(key.State)} already");
        return new KeyDecision(
            KeyAnswer.Done($"{Called(key)} is revoked: nobody is believed who signs with it; its secret is gone"),
            [KeyLine.End(key, KeyState.Revoked, Now)]);
    }

    private KeyDecision Export(KeyRequest.Export request)
    {
        if (Find(request.Name, request.Generation, line => line.Newest, out KeyLine? line) is not { } key)
            return NotFound(request.Name, line, "lives");
        if (!key.IsLive)
            return KeyDecision.Refuse($"{Called(key)} is {Word(key.State)}: its secret is gone");
        RegisteredKey? whole = keys.FirstOrDefault(
            known => known.Kind == key.Kind && known.Line == key.Line && known.Generation == key.Generation);
        if (whole?.Secret is null)
            return KeyDecision.Refuse($"the secret of {Called(key)} cannot be opened at this node");
        KeyAnswer answer = KeyAnswer.Done(StateText(key)) with { Key = whole };
        return request.Peer is { } peer && !key.Peers.Contains(peer)
            ? new KeyDecision(answer, [whole with { Peers = key.Peers.Add(peer) }])
            : answer;
    }

    /// <summary>Which state a key is in, and what that means for who installs it.</summary>
    private static string StateText(RegisteredKey key) => key.State switch
    {
        KeyState.Pending when key.IsHeld => $"{Called(key)} is pending: install it, then: key activate {key.Line.ToLogString()}",
        KeyState.Pending => $"{Called(key)} is pending and becomes active by itself: install it soon",
        KeyState.Active => $"{Called(key)} is active",
        _ => $"{Called(key)} is retiring: install its successor instead",
    };

    private RegisteredKey New(DomainName name, string algorithm, TsigSecret secret, KeyOptions options) => new()
    {
        Line = name,
        Name = name,
        Generation = FindLine(name)?.NextGeneration ?? 1,
        Algorithm = algorithm,
        Secret = secret,
        State = KeyState.Pending,
        Created = Now,
        IsHeld = options.Hold,
        Every = options.Every > TimeSpan.Zero ? options.Every : null,
        Overlap = options.Overlap ?? RegisteredKey.DefaultOverlap,
    };

    // A key of the configuration is known everywhere and signs already.
    private RegisteredKey Adopt(RegisteredKey key) => key with { State = KeyState.Active, Activated = Now, IsHeld = false };

    private string? WhyTaken(DomainName name) =>
        configured.Any(key => key.Name == name)
            ? $"named.conf defines key '{name.ToLogString()}': rotate or import it instead"
            : WhyRegistered(name);

    private string? WhyRegistered(DomainName name) =>
        report.Lines.SelectMany(line => line.Generations).FirstOrDefault(key => key.IsLive && (key.Name == name || key.Line == name))
            is { } live ? $"there is {Called(live)} already, {Word(live.State)}" : null;

    private bool IsTaken(DomainName name) =>
        configured.Any(key => key.Name == name)
        || report.Lines.Any(line => line.Kind == KeyKind.Tsig && (line.Name == name || line.Generations.Any(key => key.Name == name)));

    private KeyLine? FindLine(DomainName name) =>
        report.Lines.FirstOrDefault(line => line.Kind == KeyKind.Tsig && line.Name == name)
        ?? report.Lines.FirstOrDefault(line => line.Kind == KeyKind.Tsig && line.Generations.Any(key => key.Name == name));

    /// <summary>The generation whose own name is given, where that is not also its line's.</summary>
    private RegisteredKey? FindOwnName(DomainName name) =>
        FindLine(name) is { } line && line.Name != name ? line.Generations.LastOrDefault(key => key.Name == name) : null;

    private RegisteredKey? Find(DomainName name, int? generation, Func<KeyLine, RegisteredKey?> usual, out KeyLine? line)
    {
        line = FindLine(name);
        if (line is null)
            return null;
        return generation is { } number
            ? line.Generations.FirstOrDefault(key => key.Generation == number)
            : FindOwnName(name) ?? usual(line);
    }

    private static KeyDecision NotFound(DomainName name, KeyLine? line, string what) =>
        line is null ? KeyAnswer.Unknown(name.ToLogString()) : KeyDecision.Refuse($"no generation of '{line.Name.ToLogString()}' {what}");

    private string Born(RegisteredKey key) => key.State == KeyState.Active
        ? $"{Called(key)} of named.conf is in the registry from now on"
        : $"{Called(key)} verifies from now on and signs "
            + (key.IsHeld ? "when it is activated" : "as soon as every node has confirmed it");

    private string UseText(RegisteredKey key) =>
        report.UsesOf(key).FirstOrDefault() is { } last ? "last used: " + Described(last).Trim() : "never used";

    private string Described(KeyUse use) =>
        $"  {use.Peer} {use.Operation}, last at {KeyTime.Words(use.LastUsed)} ({KeyTime.Words(Now - use.LastUsed)} ago) "
        + $"at node {use.Node}, {use.Count} times";

    private static string Called(RegisteredKey key) => $"key '{key.Name.ToLogString()}' generation {key.Generation}";

    private static string Word(KeyState state) => state.ToString().ToLowerInvariant();
}
