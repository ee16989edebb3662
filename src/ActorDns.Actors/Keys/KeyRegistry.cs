using System.Collections.Immutable;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Keys;

/// <summary>
/// One at each node: keeps the node's keys as they are in the store, confirms what it verifies with, and runs what operators ask. What
/// happens by itself, from activation to retirement, is done by the one that gets the lease when something is due.
/// </summary>
public sealed class KeyRegistry : Actor<KeyCommand>
{
    /// <summary>Time between two looks at the store.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Time between two writes of who has used keys.</summary>
    public static readonly TimeSpan UseInterval = TimeSpan.FromSeconds(5);

    /// <summary>Age at which the file of kept keys is written again though nothing has changed: it tells how old its keys may be.</summary>
    private static readonly TimeSpan KeepInterval = TimeSpan.FromHours(1);

    /// <summary>The same after a failure.</summary>
    private static readonly TimeSpan KeepRetryInterval = TimeSpan.FromMinutes(1);

    private const string LeaseName = "key-registry";
    private const int Attempts = 5;
    private static readonly TimeSpan CookieRetry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private readonly KeyRegistryServices _services;
    private readonly KeyVault _vault;
    private readonly List<KeyUse> _unwritten = [];
    private KeyView _view = KeyView.Empty;
    private IReadOnlyList<KeyUse> _uses = [];
    private IReadOnlyList<string> _live = [];
    private string _saidUnread = "";
    private string _saidProblem = "";
    private string _saidNotKept = "";
    private bool _hasTriedKept;
    private bool _isFromKept;
    private long _keptAt;
    private DateTimeOffset _noCookieBefore;
    private long _readAt;
    private bool _isStale = true;

    private KeyRegistry(KeyRegistryServices services)
    {
        _services = services;
        _vault = new KeyVault(services.Opened, services.Sealer);
    }

    /// <summary>Makes the actor.</summary>
    public static Props<KeyCommand> CreateProps(KeyRegistryServices services) => new(() => new KeyRegistry(services));

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<KeyCommand> ctx)
    {
        if (_services.Opened.Epoch is null)
            TakeKept(ctx); // The store was away a moment ago: asking it again may take longer than the node's start waits.
        ctx.Timers.StartPeriodic(nameof(KeyCommand.Poll), TimeSpan.Zero, PollInterval, KeyCommand.Poll.Instance);
        ctx.Timers.StartPeriodic(nameof(KeyCommand.WriteUses), UseInterval, KeyCommand.WriteUses.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask PostStopAsync(ActorContext<KeyCommand> ctx) =>
        await WriteUsesAsync(CancellationToken.None).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(KeyCommand message, ActorContext<KeyCommand> ctx)
    {
        switch (message)
        {
            case KeyCommand.Changed:
                _isStale = true;
                _hasTriedKept = _isFromKept; // What hindered it may be mended.
                _vault.LoadSecret(mayMake: false);
                await LookAsync(ctx).ConfigureAwait(false);
                break;
            case KeyCommand.Poll:
                await LookAsync(ctx).ConfigureAwait(false);
                break;
            case KeyCommand.WriteUses:
                await WriteUsesAsync(ctx.Stopping).ConfigureAwait(false);
                break;
            case KeyCommand.Run run:
                run.Reply.Reply(await RunAsync(run.Request, ctx).ConfigureAwait(false));
                break;
        }
    }

    private DateTimeOffset Now(ActorContext<KeyCommand> ctx) => _view.Table.Time + ctx.Clock.GetElapsedTime(_readAt);

    /// <summary>Takes what is new, confirms it, and does what is due.</summary>
    private async ValueTask LookAsync(ActorContext<KeyCommand> ctx)
    {
        if (!await RefreshAsync(isForced: _isStale || AwaitsNodes, ctx).ConfigureAwait(false))
            return;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (!await StepAsync(ctx).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>True while it matters which nodes have confirmed.</summary>
    private bool AwaitsNodes => _view.Lines.Any(line => line.Pending is { IsHeld: false } || line.Retiring is not null);

    /// <summary>Reads the registry when it has changed. False when the store is away.</summary>
    private async ValueTask<bool> RefreshAsync(bool isForced, ActorContext<KeyCommand> ctx)
    {
        if (!isForced)
        {
            StoreResult<long> version = await _vault.ReadVersionAsync(ctx.Stopping).ConfigureAwait(false);
            if (!version.IsDone)
                return Away(version.Message);
            if (version.Value == _view.Table.Version)
            {
                if (ctx.Clock.GetElapsedTime(_keptAt) >= (_saidNotKept.Length > 0 ? KeepRetryInterval : KeepInterval))
                    Keep(ctx);
                return true;
            }
        }

        StoreResult<KeyView> read = await _vault.ReadAsync(ctx.Stopping).ConfigureAwait(false);
        if (!read.IsDone)
        {
            TakeKept(ctx);
            return Away(read.Message);
        }

        bool isNew = _isStale || read.Value.Table.Version != _view.Table.Version;
        _saidProblem = "";
        _isStale = false;
        _view = read.Value;
        _readAt = ctx.Clock.GetTimestamp();
        _live = await _services.LiveNodes(ctx.Stopping).ConfigureAwait(false);
        if (isNew)
        {
            _services.Publish(_view.Keys);
            Keep(ctx); // Before it is confirmed: what this node knows by its word, it also knows after a start without the store.
        }

        SayUnread(_view);
        return await ConfirmAsync(ctx).ConfigureAwait(false);
    }

    /// <summary>
    /// Publishes what the node has kept of the registry, unless the registry itself was read before. The registry counts as not read
    /// still, so that it is read whole when the store is back.
    /// </summary>
    private void TakeKept(ActorContext<KeyCommand> ctx)
    {
        if (_services.Kept is not { IsOvertaken: false } file || _hasTriedKept)
            return;
        _hasTriedKept = true;
        if (_vault.ReadKept(file, out string reason) is not { } kept)
        {
            if (reason.Length > 0)
                Log.KeptKeysNotUsed(_services.Log, file.Path, reason);
            return;
        }

        KeyView view = _vault.Open(kept);
        _services.Publish(view.Keys);
        _isFromKept = true;
        int ended = view.Keys.Count(key => !key.IsLive);
        string age = KeyTime.Words(ctx.Clock.GetUtcNow() - kept.ToldAt);
        Log.KeptKeysTaken(_services.Log, view.Keys.Length, ended, file.Path, KeyTime.Words(kept.ToldAt), age);
        SayUnread(view);
    }

    /// <summary>Keeps the registry as it was read for a start without the store.</summary>
    private void Keep(ActorContext<KeyCommand> ctx)
    {
        if (_services.Kept is not { } file || _services.Opened.Epoch is not { } epoch)
            return;
        file.IsOvertaken = true;
        if (_isFromKept)
            Log.KeyRegistryIsBack(_services.Log, file.Path);
        _isFromKept = false;
        _keptAt = ctx.Clock.GetTimestamp();
        string problem = _vault.Keep(file, epoch, ctx.Clock.GetUtcNow());
        if (problem.Length > 0 && problem != _saidNotKept)
            Log.KeysNotKept(_services.Log, file.Path, problem);
        _saidNotKept = problem;
    }

    /// <summary>
    /// Confirms what this node verifies with. One that cannot open a key confirms nothing, so that nobody signs with it.
    /// </summary>
    private async ValueTask<bool> ConfirmAsync(ActorContext<KeyCommand> ctx)
    {
        KeyTable table = _view.Table;
        if (_view.Unread.Any() || table.Confirmed.GetValueOrDefault(_services.Node) >= table.Version)
            return true;
        StoreResult<bool> confirmed =
            await _services.Opened.Store.Keys.ConfirmAsync(_services.Node, table.Version, ctx.Stopping).ConfigureAwait(false);
        if (!confirmed.IsDone)
            return Away(confirmed.Message);
        Dictionary<string, long> all = new(table.Confirmed) { [_services.Node] = table.Version };
        _view = _view with { Table = table with { Confirmed = all } };
        return true;
    }

    /// <summary>Does one thing that is due; true when something was done and more may follow.</summary>
    private async ValueTask<bool> StepAsync(ActorContext<KeyCommand> ctx)
    {
        KeyReport known = Report(Now(ctx)); // With the uses that were read last: others may have been written since.
        if (!WantsCookie(known.Time) && !known.Lines.Any(line => line.Next(known.Seen) is not null))
            return false;
        StoreResult<Lease> lease = await _services.Opened.Store.Leases
            .AcquireAsync(LeaseName, _services.Node, LeaseDuration, ctx.Stopping).ConfigureAwait(false);
        if (!lease.IsDone || lease.Value.Holder != _services.Node)
            return false;
        await WriteUsesAsync(ctx.Stopping).ConfigureAwait(false);
        if (!await ReadUsesAsync(ctx.Stopping).ConfigureAwait(false) || !await RefreshAsync(isForced: true, ctx).ConfigureAwait(false))
            return false;
        KeyReport report = Report(Now(ctx));
        if (report.Lines.Select(line => (Line: line, Step: line.Next(report.Seen))).FirstOrDefault(due => due.Step is not null)
            is not ({ } dueLine, { } step))
        {
            if (!WantsCookie(report.Time))
                return false;
            _noCookieBefore = report.Time + CookieRetry; // Where no secret can be sealed, that is not tried each second.
            return await WriteStepAsync([NewCookie(report.Time)], lease.Value.Token, ctx).ConfigureAwait(false);
        }

        ImmutableArray<RegisteredKey> writes = Writes(dueLine, step, report);
        bool isWritten = writes.Length > 0 && await WriteStepAsync(writes, lease.Value.Token, ctx).ConfigureAwait(false);
        if (isWritten)
            SayStep(step, writes);
        return isWritten;
    }

    private ImmutableArray<RegisteredKey> Writes(KeyLine line, KeyStep step, KeyReport report) => step switch
    {
        KeyStep.Activate { Key: var pending } => line.Activate(pending, report.Time),
        KeyStep.Retire { Key: var retiring } => [KeyLine.End(retiring, KeyState.Retired, report.Time)],
        KeyStep.Rotate { Key: var active } =>
            new KeyDesk(report, _view.Keys, _services.Configured()).SucceedBySchedule(active) is { } next ? [next] : [],
        _ => [],
    };

    private async ValueTask<bool> WriteStepAsync(IReadOnlyList<RegisteredKey> writes, LeaseToken lease, ActorContext<KeyCommand> ctx)
    {
        StoreResult<KeyWriteStatus> written = await _vault.WriteAsync(writes, lease, ctx.Stopping).ConfigureAwait(false);
        if (!written.IsDone)
            return Away(written.Message);
        return written.Value == KeyWriteStatus.Written && await RefreshAsync(isForced: true, ctx).ConfigureAwait(false);
    }

    private bool WantsCookie(DateTimeOffset now) =>
        now >= _noCookieBefore
        && _services.ManagesCookies()
        && !_view.Lines.Any(line => line.Kind == KeyKind.Cookie && line.Newest is not null);

    private RegisteredKey NewCookie(DateTimeOffset now) => new()
    {
        Kind = KeyKind.Cookie,
        Line = KeyDesk.CookieLine,
        Name = KeyDesk.CookieLine,
        Generation = _view.Lines.FirstOrDefault(line => line.Kind == KeyKind.Cookie)?.NextGeneration ?? 1,
        Algorithm = CookieSecrets.Algorithm,
        Secret = KeyDesk.NewSecret(KeyKind.Cookie, CookieSecrets.Algorithm),
        State = KeyState.Pending,
        Created = now,
        Every = CookieSecrets.Every,
        Overlap = CookieSecrets.Overlap,
    };

    private async ValueTask<KeyAnswer> RunAsync(KeyRequest request, ActorContext<KeyCommand> ctx)
    {
        await WriteUsesAsync(ctx.Stopping).ConfigureAwait(false);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (!await RefreshAsync(isForced: true, ctx).ConfigureAwait(false) || !await ReadUsesAsync(ctx.Stopping).ConfigureAwait(false))
                return KeyAnswer.Refused($"the store cannot be read or written now: {_saidProblem}");
            if (request is KeyRequest.Reseal)
                return await ResealAsync(ctx).ConfigureAwait(false);
            KeyDecision decision = new KeyDesk(Report(Now(ctx)), _view.Keys, _services.Configured()).Decide(request);
            if (decision.Writes.IsEmpty)
                return decision.Answer;
            StoreResult<KeyWriteStatus> written = await _vault.WriteAsync(decision.Writes, null, ctx.Stopping).ConfigureAwait(false);
            if (!written.IsDone)
                return KeyAnswer.Refused(written.Message);
            if (written.Value != KeyWriteStatus.Written)
                continue;
            Log.KeyCommandDone(_services.Log, WordsOf(request, decision.Answer));
            await LookAfterWriteAsync(ctx).ConfigureAwait(false);
            return decision.Answer;
        }

        return KeyAnswer.Refused("others change the registry all the time: try again");
    }

    private static string WordsOf(KeyRequest request, KeyAnswer answer) =>
        request is KeyRequest.Export { Peer: { } peer } ? $"key '{answer.Key!.Name.ToLogString()}' was given out for {peer}"
            : answer.Text.ReplaceLineEndings("; ");

    private async ValueTask<KeyAnswer> ResealAsync(ActorContext<KeyCommand> ctx)
    {
        StoreResult<(int Resealed, int Unread)> done = await _vault.ResealAsync(_view, ctx.Stopping).ConfigureAwait(false);
        if (!done.IsDone)
            return KeyAnswer.Refused(done.Message);
        await LookAfterWriteAsync(ctx).ConfigureAwait(false);
        string left = done.Value.Unread == 0 ? "" : $"; {done.Value.Unread} cannot be opened here and stay as they are";
        return KeyAnswer.Done($"{done.Value.Resealed} secrets sealed with the first of the cluster's secrets{left}");
    }

    private async ValueTask LookAfterWriteAsync(ActorContext<KeyCommand> ctx)
    {
        _isStale = true;
        await LookAsync(ctx).ConfigureAwait(false);
    }

    private async ValueTask WriteUsesAsync(CancellationToken ct)
    {
        _unwritten.AddRange(_services.TakeUses());
        if (_unwritten.Count == 0)
            return;
        StoreResult<StoreIdentity> identity = await _services.Opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return; // Said by who needs the store; the uses are written when it is back.
        StoreResult<int> written = await _services.Opened.Store.Keys.RecordUsesAsync(KeyUses.Merge(_unwritten), ct).ConfigureAwait(false);
        if (written.IsDone)
            _unwritten.Clear();
        else
            KeyUses.Compact(_unwritten);
    }

    private async ValueTask<bool> ReadUsesAsync(CancellationToken ct)
    {
        StoreResult<IReadOnlyList<KeyUse>> uses = await _services.Opened.Store.Keys.ListUsesAsync(ct).ConfigureAwait(false);
        if (!uses.IsDone)
            return Away(uses.Message);
        _uses = uses.Value;
        return true;
    }

    private KeyReport Report(DateTimeOffset now) => new(
        now,
        _view.Table.Version,
        KeyLine.Of(_view.Keys.Select(key => key with { Secret = null })),
        _uses,
        new KeyObservations(now, _live, _view.Table.Confirmed, LastUse),
        [.. _view.Unread.Select(key => key.Name.ToLogString())]);

    private DateTimeOffset? LastUse(RegisteredKey key) => _uses
        .Where(use => key.Kind == KeyKind.Tsig && use.Line == key.Line && use.Generation == key.Generation)
        .Select(use => (DateTimeOffset?)use.LastUsed)
        .Max();

    private bool Away(string reason)
    {
        if (_saidProblem != reason)
            Log.KeyStoreAway(_services.Log, reason);
        _saidProblem = reason;
        return false;
    }

    private void SayUnread(KeyView view)
    {
        string unread = string.Join(", ", view.Unread.Select(key => $"'{key.Name.ToLogString()}'"));
        if (unread.Length > 0 && unread != _saidUnread)
            Log.KeysNotOpened(_services.Log, unread, _vault.Problem.Length > 0 ? _vault.Problem : "sealed with another cluster secret");
        _saidUnread = unread;
    }

    private void SayStep(KeyStep step, ImmutableArray<RegisteredKey> writes)
    {
        RegisteredKey key = writes[^1];
        string name = key.Name.ToLogString();
        LogLevel level = key.Kind == KeyKind.Cookie ? LogLevel.Debug : LogLevel.Information; // Nobody has to know of cookies.
        switch (step)
        {
            case KeyStep.Activate:
                Log.KeyActivated(_services.Log, level, name, key.Generation);
                break;
            case KeyStep.Retire:
                Log.KeyRetired(_services.Log, level, name, key.Generation);
                break;
            case KeyStep.Rotate:
                string line = key.Line.ToLogString();
                Log.KeyRotated(_services.Log, level, line, key.Generation, name);
                break;
        }
    }
}
